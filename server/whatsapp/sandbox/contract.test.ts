import { randomUUID } from 'node:crypto'
import { instances } from '#conversations/tables.ts'
import { messages } from '#platform/messages.ts'
import type { Scope } from '#platform/scope.ts'
import { foundAccount } from '#setup.ts'
import type { Instance } from '#whatsapp/channels.ts'
import { failed, type Reason } from '#whatsapp/reasons.ts'
import { customerWrites, phoneTells } from '#whatsapp/sandbox/customer.ts'
import { sandbox } from '#whatsapp/sandbox/provider.ts'
import type { SandboxSettings } from '#whatsapp/sandbox/settings.ts'
import { freshDatabase, tester } from '../../../test/harness.ts'
import { providerContract, type Rig } from '../../../test/whatsapp/contract.ts'
import type { Answer, Fault } from '../../../test/whatsapp/simulator.ts'

const { database } = await freshDatabase()
const { db, pool } = database
const account = await foundAccount(db, { name: 'Loja Exemplo' })
const scope: Scope = { accountId: account.id, actor: tester, db, requestId: null }
const reasons = Object.keys(messages.whatsappFailures) as Reason[]
const phone = '+5511987654321'

/** What a network would do, as the sandbox is told to. */
function behaviour(fault: Fault): Partial<SandboxSettings> {
  if (fault === 'taken_then_empty') return {}
  if (fault === 'hang' || fault === 'reset') return { fails_with: 'no_answer', fails_when: 'sending' }
  if (typeof fault === 'string') return { fails_with: 'no_answer', fails_when: 'later' }
  const { reason = fault.text ? 'no_answer' : 'refused' } = (fault.body ?? {}) as { reason?: Reason }
  return { fails_with: reason, fails_when: 'sending' }
}

async function open(): Promise<Rig> {
  const [number] = (await db
    .insert(instances)
    .values({
      account_id: account.id,
      provider: 'sandbox',
      display_name: 'Loja Exemplo',
      phone_number: '+551140001234',
      number_key: randomUUID(),
      settings: { delay_seconds: 0 },
    })
    .returning()) as [Instance]
  const faults: Fault[] = []
  // It is made anew for each call, as in life.
  const now = () => {
    const fault = faults.shift()
    return sandbox({ ...number, settings: { ...number.settings, ...(fault && behaviour(fault)) } }, db)
  }
  const calm = sandbox(number, db)
  const provider = {
    ...calm,
    sendText: (message: Parameters<typeof calm.sendText>[0]) => now().sendText(message),
  }
  const told = async () => {
    const { rows } = await pool.query<{ body: Buffer }>(
      'select body from whatsapp_hooks where account_id = $1 and instance_id = $2 order by id',
      [account.id, number.id],
    )
    return rows.map(({ body }) => ({ raw: body, headers: {} }))
  }
  let arrived = 0
  const counted = async <T>(work: Promise<T>): Promise<T> => {
    const done = await work
    arrived = (await told()).filter(({ raw }) => raw.toString().includes('"status":"sent"')).length
    return done
  }
  const sendText: typeof calm.sendText = (message) => counted(provider.sendText(message))
  return {
    provider: { ...provider, sendText },
    impatient: { ...provider, sendText },
    nowhere: sandbox({ ...number, settings: { fails_with: 'provider_unreachable' } }, db),
    customer: phone,
    phone: '+5551987654321',
    secret: 'it has none',
    signs: false,
    failNext: (fault) => faults.push(fault),
    howManyArrived: () => arrived,
    refusals: Object.fromEntries(
      reasons
        .filter((reason) => reason !== 'no_answer')
        .map((reason): [string, [Answer, Reason]] => [reason, [{ status: 400, body: { reason } }, reason]]),
    ),
    async customerWrites(text) {
      await customerWrites(scope, number, { phone, name: 'Ana Souza', text })
      return told()
    },
    async becomes(id, state) {
      const failure = state === 'failed' ? failed('undeliverable') : null
      await phoneTells(scope, number, { id, address: phone }, state, new Date(), failure)
      return told()
    },
    close: async () => {},
  }
}

providerContract('sandbox', open)
