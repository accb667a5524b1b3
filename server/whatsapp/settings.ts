import { and, eq, sql } from 'drizzle-orm'
import { findAccount } from '#accounts/accounts.ts'
import { accounts } from '#accounts/tables.ts'
import { pipelines } from '#pipelines/tables.ts'
import type { Scope } from '#platform/scope.ts'

export type WhatsAppSettings = {
  /** Does somebody unknown who writes become a lead, and where? Null is the account's default pipeline. */
  takes_up_leads: boolean
  pipeline_id: number | null
  /** Whole messages, whatever their case, accents and punctuation. */
  opt_out_words: string[]
  opt_in_words: string[]
}

const unchosen: WhatsAppSettings = {
  takes_up_leads: true,
  pipeline_id: null,
  opt_out_words: ['sair', 'parar', 'pare', 'stop', 'cancelar', 'descadastrar', 'remover'],
  opt_in_words: ['voltar', 'start', 'quero receber'],
}

export async function whatsappSettings(scope: Scope): Promise<WhatsAppSettings> {
  const { whatsapp } = await findAccount(scope)
  const chosen: WhatsAppSettings = { ...unchosen, ...whatsapp }
  if (chosen.pipeline_id === null || (await isThere(scope, chosen.pipeline_id))) return chosen
  return { ...chosen, pipeline_id: null }
}

export async function changeWhatsappSettings(scope: Scope, changes: Partial<WhatsAppSettings>) {
  await scope.db
    .update(accounts)
    .set({ whatsapp: sql`${accounts.whatsapp} || ${JSON.stringify(changes)}::jsonb` })
    .where(eq(accounts.id, scope.accountId))
  return whatsappSettings(scope)
}

/** It may have been deleted since it was chosen. */
async function isThere(scope: Scope, pipelineId: number) {
  const found = await scope.db
    .select({ id: pipelines.id })
    .from(pipelines)
    .where(and(eq(pipelines.account_id, scope.accountId), eq(pipelines.id, pipelineId)))
  return found.length > 0
}
