import { setTimeout as sleep } from 'node:timers/promises'
import { hookPathOf } from '#whatsapp/inbox/handshake.ts'
import { startProcess } from '../delivery-processes.ts'
import { clientOf, type freshDatabase, newAccount, testSecret } from '../harness.ts'
import { isConnectionLost } from '../servers.ts'
import { startMeta } from './meta-simulator.ts'
import { metaNumberOf, wahaNumberOf } from './numbers.ts'
import { type Customer, customers, ensureNothingLost, type Said, settled } from './soak-checks.ts'
import { startWaha } from './waha-simulator.ts'

type Process = Awaited<ReturnType<typeof startProcess>>
type Fresh = Awaited<ReturnType<typeof freshDatabase>>
type Plan = {
  /** At each of the two providers. */
  people: number
  /** Each way, of each of them. */
  messages: number
  everyMs: number
  /** Faults of sends that cost fifteen seconds each. */
  hangs: boolean
}

const longestMs = 180_000

/** Conversations both ways at both providers, with every fault they know, while server and worker are killed again and again. */
export async function converseThroughKills({ url, database }: Fresh, plan: Plan) {
  const [meta, waha] = [await startMeta(), await startWaha()]
  const env = { FUNIL_GRAPH_URL: meta.url, FUNIL_ALLOW_PRIVATE_PROVIDERS: '1' }
  const [server, worker] = [await startProcess(url, 'api', env), await startProcess(url, 'worker', env)]
  let isOver = false
  try {
    const { key, scope } = await newAccount(server.url(), database)
    const [official, session] = [await metaNumberOf(scope), await wahaNumberOf(scope, waha)]
    const aim = () => {
      meta.hooks.url = server.url() + hookPathOf(testSecret, official)
      waha.hooks.url = server.url() + hookPathOf(testSecret, session)
    }
    aim()
    for (const { delivering } of [meta, waha]) Object.assign(delivering, { copies: 2, retries: 60 })
    const killing = keepKilling([server, worker], plan.everyMs, aim, () => isOver)
    const faulting = keepFailing(meta, waha, plan, () => isOver)
    const people = customers(plan.people, { meta, waha }, { official, session })
    const said = await Promise.all(people.map((person) => converse(server, key, person, plan, () => isOver)))
    isOver = true
    const [kills, faults] = [await killing, await faulting]
    await Promise.all([meta.settled(), waha.settled()])
    // Nobody waits for a provider longer than fifteen seconds, or a moment where it always answers.
    await settled(database, scope.accountId, plan.hangs ? 20 : 3)
    const seen = await ensureNothingLost(database, scope.accountId, { meta, waha, people, said: said.flat() })
    return { kills, faults, ...seen }
  } finally {
    isOver = true
    await Promise.all([server.kill(), worker.kill()])
    await Promise.all([meta.close(), waha.close()])
  }
}

async function keepKilling(
  processes: Process[],
  everyMs: number,
  onRestart: () => void,
  isOver: () => boolean,
) {
  let kills = 0
  for (; !isOver(); kills++) {
    await sleep(everyMs)
    const victim = processes[kills % processes.length]!
    await victim.kill()
    await victim.restart()
    onRestart()
  }
  return kills
}

/** Each fault in turn, and statuses in every order; some are refused after they were taken. */
async function keepFailing(
  meta: Awaited<ReturnType<typeof startMeta>>,
  waha: Awaited<ReturnType<typeof startWaha>>,
  { hangs }: Plan,
  isOver: () => boolean,
) {
  const rate = { status: 400, body: { error: { code: 131056, message: '(#131056) Pair rate limit hit' } } }
  const down = { status: 500, body: { error: { code: 131000, message: 'Something went wrong' } } }
  const faults = [
    'taken_then_reset',
    rate,
    'reset',
    down,
    'taken_then_empty',
    hangs ? 'taken_then_hang' : 'reset',
  ] as const
  const courses = [
    ['sent', 'delivered', 'read'],
    ['sent', 131047],
    ['sent', 'delivered'],
    ['sent', 'read'],
  ]
  let n = 0
  for (; !isOver(); n++) {
    for (const simulator of [meta, waha]) {
      if (n % 3 === 0 && simulator.faults.length === 0)
        simulator.faults.push(faults[(n / 3) % faults.length]!)
      simulator.delivering.isReordered = n % 2 === 0
    }
    meta.course.statuses = courses[n % courses.length]!
    waha.course.acks = [1, 2, 3].slice(0, 1 + (n % 3))
    await sleep(150)
  }
  meta.faults.length = 0
  waha.faults.length = 0
  return n
}

/** One customer writes and is answered; what was asked for while the server died may have been heard, or not. */
async function converse(
  server: Process,
  key: string,
  person: Customer,
  { messages }: Plan,
  isOver: () => boolean,
): Promise<Said[]> {
  const said: Said[] = []
  const api = () => clientOf(server.url(), key)
  const insist = async <T>(ask: () => Promise<T | null>): Promise<T> => {
    for (const end = Date.now() + longestMs; Date.now() < end && !isOver(); await sleep(50)) {
      const found = await ask().catch((error) => {
        if (isConnectionLost(error)) return null
        throw error
      })
      if (found !== null) return found
    }
    throw new Error(`Nothing came of ${person.name} for three minutes.`)
  }
  for (let n = 0; n < messages; n++) {
    person.write(`in ${person.name} ${n}`)
    const lead = await insist(
      async () => (await api().get(`/leads?q=${person.phone}`)).body.data?.[0] ?? null,
    )
    const text = `out ${person.name} ${String(n).padStart(4, '0')}`
    const answer = await insist(async () => {
      try {
        const reply = await api().post(`/leads/${lead.id}/send-whatsapp`, {
          message: text,
          instance_id: person.instanceId,
        })
        // A late refusal closes the window, and then it is theirs to write again.
        return reply.status === 503 ? null : { status: reply.status }
      } catch (error) {
        if (isConnectionLost(error)) return { status: null }
        throw error
      }
    })
    said.push({ text, status: answer.status })
  }
  return said
}
