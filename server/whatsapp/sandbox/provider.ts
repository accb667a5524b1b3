import { Readable } from 'node:stream'
import type { InstanceRow } from '#conversations/tables.ts'
import type { Handle } from '#platform/database.ts'
import { inAccount } from '#platform/scope.ts'
import { abilitiesOf } from '#whatsapp/abilities.ts'
import { fillTemplate, templateText } from '#whatsapp/cloud-api/templates.ts'
import { upTo } from '#whatsapp/media.ts'
import type { Provider, Sent, ToSend } from '#whatsapp/provider.ts'
import { failed } from '#whatsapp/reasons.ts'
import { answerTo } from '#whatsapp/sandbox/answers.ts'
import {
  customerWrites,
  newSandboxId,
  phoneIn,
  phoneTells,
  readSandboxHook,
  sandboxFile,
} from '#whatsapp/sandbox/customer.ts'
import { sandboxSettings } from '#whatsapp/sandbox/settings.ts'
import { sandboxTemplates } from '#whatsapp/sandbox/templates.ts'

const actor = { type: 'system', id: null, name: 'sandbox' } as const

/** A phone that lives in the database: nothing leaves this machine, and what it tells comes the way of all webhooks. */
export function sandbox(number: InstanceRow, db: Handle): Provider {
  const settings = sandboxSettings(number)
  return {
    kind: 'sandbox',
    abilities: abilitiesOf(number),
    connect: async () => ({ found: true }),
    disconnect: async () => ({ found: true }),
    qrCode: async () => ({ found: `sandbox:${number.phone_number}` }),
    newMessageId: async () => newSandboxId(),
    sendText: (message) => send(message, message.text),
    async sendTemplate(message) {
      const { template, variables } = message
      const known = sandboxTemplates.find(({ id }) => id === template.id)
      if (known?.status !== 'APPROVED') return { outcome: 'failed', failure: failedAs('template_missing') }
      if ('missing' in fillTemplate(template, variables))
        return { outcome: 'failed', failure: failedAs('template_variables') }
      return send(message, templateText(template, variables))
    },
    markRead: async () => ({ found: true }),
    async checkNumber(phone) {
      const read = phoneIn(phone)
      return { found: { exists: read !== null, address: read, phone: read } }
    },
    phoneBehind: async (address) => ({ found: phoneIn(address) }),
    listTemplates: async () => ({ found: sandboxTemplates }),
    async instanceState() {
      const failure = settings.fails_with && failedAs(settings.fails_with)
      if (failure?.action === 'stop-channel') return { failure }
      const { phone_number: phone, display_name } = number
      return { found: { status: 'connected', phone, display_name, detail: null } }
    },
    async openMedia({ id }, longestBytes) {
      const file = sandboxFile(id)
      if (!file) return { failure: failed('media_unreadable') }
      const { mime_type, bytes } = file
      return { found: { mime_type, sha256: null, bytes: upTo(longestBytes, Readable.from([bytes])) } }
    },
    // It has no address where strangers could tell anything.
    verifyWebhook: () => false,
    readWebhook: readSandboxHook,
  }

  async function send(message: ToSend, text: string): Promise<Sent> {
    const { fails_with, fails_when } = settings
    if (!phoneIn(message.address)) return { outcome: 'failed', failure: failedAs('not_on_whatsapp') }
    const id = message.message_id ?? newSandboxId()
    const failure = fails_with && failedAs(fails_with)
    if (failure && fails_when === 'sending') {
      return fails_with === 'no_answer'
        ? { outcome: 'unknown', message_id: id, failure }
        : { outcome: 'failed', failure }
    }
    await take({ ...message, id }, text)
    if (fails_with === 'no_answer') return { outcome: 'unknown', message_id: id, failure: failure! }
    return {
      outcome: 'sent',
      message_id: id,
      address: message.address,
      pacing: null,
      raw: { sandbox: id },
    }
  }

  /** The message is on the phone, which tells in its own time what became of it. */
  function take(message: ToSend & { id: string }, text: string) {
    const { answers, reads, delay_seconds, fails_with } = settings
    const after = (steps: number) => new Date(Date.now() + steps * delay_seconds * 1000)
    return inAccount(db, number.account_id, actor, async (scope) => {
      await phoneTells(scope, number, message, 'sent', after(0))
      if (fails_with && fails_with !== 'no_answer')
        return phoneTells(scope, number, message, 'failed', after(1), failedAs(fails_with))
      await phoneTells(scope, number, message, 'delivered', after(1))
      if (reads) await phoneTells(scope, number, message, 'read', after(2))
      const answer = answers ? answerTo(text) : null
      if (answer) await customerWrites(scope, number, { phone: message.address, text: answer }, after(3))
    })
  }
}

const failedAs = (reason: Parameters<typeof failed>[0]) => failed(reason, { raw: { sandbox: reason } })
