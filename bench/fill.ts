import type pg from 'pg'
import { searchText } from '#leads/list/search.ts'
import type { Database } from '#platform/database.ts'
import { dice, newPerson, skewed } from './people.ts'

const batchSize = 5000
const twoYearsMs = 2 * 365 * 86_400_000
const columns = {
  id: 'bigint',
  name: 'text',
  phone: 'text',
  email: 'text',
  company: 'text',
  value: 'numeric',
  source: 'text',
  tags: 'text[]',
  stage_id: 'bigint',
  notes: 'text',
  utm_source: 'text',
  utm_campaign: 'text',
  custom_fields: 'jsonb',
  search: 'text',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
}

/** So many leads for the account, two years of them, with all that is kept beside them: holders, counts, search. */
export async function fillLeads(database: Database, accountId: number, count: number) {
  const client = await database.pool.connect()
  try {
    const stageIds = await stagesOf(client, accountId)
    const { rows: reserved } = await client.query<{ first: number }>(
      `select setval('leads_id_seq', nextval('leads_id_seq') + $1) - $1 as first`,
      [count],
    )
    // Row by row, checks and indexes would take most of the time.
    await client.query(`set statement_timeout = 0; set session_replication_role = replica;
      set maintenance_work_mem = '256MB'`)
    const indexes = await dropIndexes(client)
    const roll = dice(accountId)
    for (let done = 0; done < count; done += batchSize) {
      const batch = Array.from({ length: Math.min(batchSize, count - done) }, (_, n) =>
        newRow(roll, reserved[0]!.first + done + n, (done + n) / count, stageIds),
      )
      await client.query(insertion, [accountId, JSON.stringify(batch)])
    }
    for (const definition of indexes) await client.query(definition)
    await client.query(holders, [accountId])
    await client.query(counts, [accountId])
    await client.query('vacuum (analyze) leads, lead_identifiers, lead_counts')
  } finally {
    client.release(true)
  }
}

async function stagesOf(client: pg.PoolClient, accountId: number) {
  const { rows } = await client.query<{ id: number }>(
    'select id from stages where account_id = $1 order by position',
    [accountId],
  )
  return rows.map((stage) => stage.id)
}

async function dropIndexes(client: pg.PoolClient) {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where tablename = 'leads' and indexname <> 'leads_pkey'`,
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return rows.map((row) => row.definition)
}

/** `age` runs from 0, the oldest lead, to 1; the youngest stand in the first stages. */
function newRow(roll: () => number, id: number, age: number, stageIds: number[]) {
  const person = newPerson(roll)
  const createdAt = Date.now() - (1 - age) * twoYearsMs - 60_000
  return {
    id,
    ...person,
    stage_id: skewed(roll, stageIds),
    search: searchText(person),
    created_at: new Date(createdAt),
    updated_at: new Date(createdAt + roll() ** 4 * (Date.now() - 60_000 - createdAt)),
  }
}

const names = Object.keys(columns).join(', ')
const insertion = `
  insert into leads (account_id, pipeline_id, status, stage_changed_at, ${names})
  select $1, s.pipeline_id, case when s.is_won then 'won' when s.is_lost then 'lost' else 'open' end,
    new.updated_at, ${Object.keys(columns).map((name) => `new.${name}`)}
  from jsonb_to_recordset($2::jsonb) as new (${Object.entries(columns).map((column) => column.join(' '))})
  join stages s on s.account_id = $1 and s.id = new.stage_id`
const holders = `
  insert into lead_identifiers (account_id, kind, value, lead_id)
  select account_id, kind, held, min(id) from leads,
    lateral (values ('phone', phone), ('email', lower(email))) as known (kind, held)
  where account_id = $1 and held is not null group by account_id, kind, held`
const counts = `
  insert into lead_counts (account_id, stage_id, pipeline_id, leads)
  select account_id, stage_id, pipeline_id, count(*) from leads where account_id = $1
  group by account_id, stage_id, pipeline_id
  on conflict (account_id, stage_id) do update set leads = excluded.leads`
