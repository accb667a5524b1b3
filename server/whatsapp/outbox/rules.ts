import { Refused } from '#platform/errors.ts'
import { messages } from '#platform/messages.ts'
import type { Scope } from '#platform/scope.ts'
import { abilitiesOf } from '#whatsapp/abilities.ts'
import { fillTemplate } from '#whatsapp/cloud-api/templates.ts'
import { optOutOf } from '#whatsapp/inbox/opt-outs.ts'
import { type Refusal, refused, type Way } from '#whatsapp/outbox/way.ts'
import type { Template, TemplateValues } from '#whatsapp/provider.ts'
import { findTemplate } from '#whatsapp/templates/queries.ts'

/** What somebody wants to say. */
export type Draft = { text: string } | { templateId: number; variables: TemplateValues }
export type OurTemplate = Template & { instance_id: number }
/** What may be said; or why not, and which of the template's variables are wrong. */
export type Judged = { template: OurTemplate | null } | { refused: Refusal } | { wrong: string[] }

/** May this be sent this way now? Every door asks here. */
export async function judge(scope: Scope, way: Way, draft: Draft, now = new Date()): Promise<Judged> {
  const template = 'templateId' in draft ? await templateOrNull(scope, draft.templateId) : null
  const optedOut = await optOutOf(scope, {
    leadId: way.lead?.id ?? way.conversation?.lead_id ?? null,
    identities: way.conversation?.identities ?? [],
  })
  if (optedOut === 'all' || (optedOut && template?.category === 'MARKETING')) return refused('opted_out')
  if (!('templateId' in draft)) {
    return windowOf(way, now).is_open ? { template: null } : refused('window_closed')
  }
  if (!abilitiesOf(way.instance).supports_templates) return refused('templates_unsupported')
  if (template?.instance_id !== way.instance.id || template.status !== 'APPROVED')
    return refused('template_not_approved')
  const wrong = wrongVariables(template, draft.variables)
  return wrong.length > 0 ? { wrong } : { template }
}

/** Null when Meta has it no more. */
export async function templateOrNull(scope: Scope, id: number): Promise<OurTemplate | null> {
  try {
    return await findTemplate(scope, id)
  } catch (error) {
    if (error instanceof Refused) return null
    throw error
  }
}

/** The official API's 24 hours for free text; other numbers have no such rule. */
export function windowOf(
  { instance, conversation }: Pick<Way, 'instance' | 'conversation'>,
  now = new Date(),
) {
  const is_restricted = abilitiesOf(instance).has_window_restriction
  const until = conversation?.window_until ?? null
  return {
    is_restricted,
    is_open: !is_restricted || (until !== null && until > now),
    open_until: is_restricted ? until : null,
  }
}

/** What is wrong with what it fills a template with, whether or not it may be sent. */
export async function wrongIn(scope: Scope, draft: Draft): Promise<string[]> {
  const template = 'templateId' in draft ? await templateOrNull(scope, draft.templateId) : null
  return template && 'variables' in draft ? wrongVariables(template, draft.variables) : []
}

/** What is wrong with these values, in sentences; none when the template can be sent with them. */
export function wrongVariables(template: Template, variables: TemplateValues): string[] {
  const filled = fillTemplate(template, variables)
  if (!('missing' in filled)) return []
  const tooMany = filled.tooMany ? [messages.templateVariablesTooMany(template.variables_count)] : []
  return [...filled.missing.map(messages.templateVariableMissing), ...tooMany]
}

/** By name, those that a send with these values would miss. */
export function missingVariables(template: Template, variables: TemplateValues): string[] {
  const filled = fillTemplate(template, variables)
  return 'missing' in filled ? filled.missing : []
}
