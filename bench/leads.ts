import { createKey } from '#accounts/keys/keys.ts'
import { type Actor, inAccount } from '#platform/scope.ts'
import { foundAccount } from '#setup.ts'
import { fillLeads } from './fill.ts'
import { type Ground, onGround } from './ground.ts'
import { load, type Request } from './load.ts'
import { dice, newPerson } from './people.ts'
import { printHead, printRow } from './table.ts'

export type Options = { leads: number; seconds: number; connections: number; only: string[] }

const bencher: Actor = { type: 'system', id: null, name: 'benchmark' }
const neighbourLeads = 5000
const requestsPerConnection = 300
const warmUpSeconds = 1

/** The same work on our server and on a bare one over the same database, in turn. */
export async function benchLeads({ leads, seconds, connections, only }: Options) {
  await onGround(async (ground) => {
    const company = await foundCompany(ground, leads)
    const ours = await ground.serve('server/cli.ts', ['serve', '--role', 'api'])
    const bare = await ground.serve('bench/bare.ts', [String(company.accountId)])
    printHead()
    for (const [name, requestOf] of Object.entries(worksOn(company))) {
      if (only.length > 0 && !only.includes(name)) continue
      const requestsFor = (connection: number) => requestsOf(requestOf, connection, company.key)
      const measure = (port: number, seconds: number) => load({ port, connections, seconds, requestsFor })
      for (const port of [ours, bare]) await measure(port, warmUpSeconds)
      // Forth and back, so that whatever else the machine does meets both alike.
      const first = await measure(ours, seconds)
      const bares = [await measure(bare, seconds), await measure(bare, seconds)]
      printRow(name, [first, await measure(ours, seconds)], bares)
    }
  })
}

type Company = Awaited<ReturnType<typeof foundCompany>>

/** The account under load, with a key that no rate stops, and a smaller one beside it in the same tables. */
async function foundCompany({ database }: Ground, leads: number) {
  const { db, pool } = database
  const neighbour = await foundAccount(db, { name: 'Vizinha Ltda.' })
  await fillLeads(database, neighbour.id, neighbourLeads)
  const { id: accountId } = await foundAccount(db, { name: 'Empresa Grande S.A.' })
  await fillLeads(database, accountId, leads)
  const { key } = await inAccount(db, accountId, bencher, (scope) =>
    createKey(scope, { name: 'benchmark', rateLimit: 2_000_000_000 }),
  )
  const ask = async <T extends object>(sql: string) => (await pool.query<T>(sql, [accountId])).rows
  const stages = await ask<{ id: number }>('select id from stages where account_id = $1 order by position')
  const [latest] = await ask<{ at: Date }>(
    'select updated_at as at from leads where account_id = $1 order by updated_at desc offset 200 limit 1',
  )
  const known = await ask<{ id: number; name: string; phone: string }>(
    `select id, name, phone from leads where account_id = $1 and id % ${Math.ceil(leads / 2000)} = 0`,
  )
  return { accountId, key, known, openStages: stages.slice(0, 5), latest: latest!.at.toISOString() }
}

type RequestOf = (roll: () => number, turn: number) => Request

function worksOn({ known, openStages, latest }: Company): Record<string, RequestOf> {
  const oneOf = <T>(roll: () => number, all: T[]): T => all[Math.floor(roll() * all.length)]!
  const get = (path: string): Request => ({ method: 'GET', path: `/api/v1/leads${path}` })
  const search = (question: string) => get(`?q=${encodeURIComponent(question)}`)
  const inTurn = (turn: number) => known[turn % known.length]!
  return {
    get: (roll) => get(`/${oneOf(roll, known).id}`),
    list: () => get(''),
    stage: (roll) => get(`?stage_id=${oneOf(roll, openStages).id}`),
    'search phone': (roll) => search(oneOf(roll, known).phone.slice(-8)),
    'search name': (roll) => search(oneOf(roll, known).name.split(' ').slice(0, 2).join(' ')),
    since: () => get(`?updated_since=${latest}`),
    'page 1000': () => get('?page=1000'),
    create: (roll) => ({ method: 'POST', path: '/api/v1/leads', body: newPerson(roll) }),
    // Each lead goes there and on, so that a move always moves.
    move: (_, turn) => ({
      method: 'PUT',
      path: `/api/v1/leads/${inTurn(turn >> 1).id}/stage`,
      body: { stage_id: openStages[turn % 2 === 0 ? 2 : 3]!.id },
    }),
  }
}

function requestsOf(requestOf: RequestOf, connection: number, key: string) {
  const roll = dice(connection + 1)
  const first = connection * requestsPerConnection
  return Array.from({ length: requestsPerConnection }, (_, n) => ({
    ...requestOf(roll, first + n),
    headers: { 'x-api-key': key },
  }))
}
