import fastify from 'fastify'
import pg from 'pg'

// The least that can do the work: Fastify, pg and prepared SQL written by hand, for one account.
// No keys, no rate, no validation, no events, no logs. What Funil costs is what it takes beyond this.
const account = Number(process.argv[2])
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10, options: '-c timezone=UTC' })
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

const integer = { type: 'integer' }
const string = { type: 'string' }
const text = { type: 'string', nullable: true }
const instant = { type: 'string', format: 'date-time' }
const named = { type: 'object', properties: { id: integer, name: string } }
const lead = {
  type: 'object',
  properties: {
    id: integer,
    name: string,
    phone: text,
    email: text,
    company: text,
    birthday: text,
    value: { type: 'number' },
    source: text,
    tags: { type: 'array', items: string },
    pipeline_id: integer,
    stage_id: integer,
    assigned_to: { type: 'integer', nullable: true },
    status: string,
    lost_reason_id: { type: 'integer', nullable: true },
    notes: text,
    utm_source: text,
    utm_medium: text,
    utm_campaign: text,
    utm_term: text,
    utm_content: text,
    stage: named,
    pipeline: named,
    custom_fields: { type: 'object', additionalProperties: true },
    created_at: instant,
    updated_at: instant,
    stage_changed_at: instant,
    merged_into: { type: 'integer', nullable: true },
  },
}
const meta = {
  type: 'object',
  properties: {
    total: integer,
    per_page: integer,
    current_page: integer,
    last_page: integer,
    has_more: { type: 'boolean' },
  },
}
const answer = (properties: object) => ({
  response: { '2xx': { type: 'object', properties: { success: { type: 'boolean' }, ...properties } } },
})
const one = answer({ lead })
const many = answer({ data: { type: 'array', items: lead }, meta })

const columns = `l.id, l.name, l.phone, l.email, l.company, l.birthday, l.value, l.source, l.tags, l.pipeline_id,
  l.stage_id, l.assigned_to, l.status, l.lost_reason_id, l.notes, l.utm_source, l.utm_medium, l.utm_campaign,
  l.utm_term, l.utm_content, l.custom_fields, l.created_at, l.updated_at, l.stage_changed_at,
  null as merged_into`
const places = `join stages s on s.account_id = l.account_id and s.id = l.stage_id
  join pipelines p on p.account_id = l.account_id and p.id = l.pipeline_id`
const placed = `${columns}, s.name as stage_name, p.name as pipeline_name`
const page = (ids: string, order = 'l.id desc') =>
  `select ${placed}, total from (${ids}) page join leads l on l.account_id = $1 and l.id = page.id ${places} order by ${order}`

const sql = {
  get: `select ${placed} from leads l ${places} where l.account_id = $1 and l.id = $2`,
  list: page(`select id, 0 as total from leads where account_id = $1 order by id desc limit 50 offset $2`),
  stage: page(
    `select id, 0 as total from leads where account_id = $1 and stage_id = $2 order by id desc limit 50`,
  ),
  // A list of patterns, "like all ($2)", would not use the index.
  search: page(`with matched as materialized (
      select id from leads where account_id = $1 and search like $2 and search like $3
    ) select id, (select count(*) from matched) as total from matched order by id desc limit 50`),
  since: page(
    `select id, 0 as total from leads where account_id = $1 and updated_at >= $2
     order by updated_at desc, id desc limit 50`,
    'l.updated_at desc, l.id desc',
  ),
  countAll: 'select sum(leads) as total from lead_counts where account_id = $1',
  countStage: 'select leads as total from lead_counts where account_id = $1 and stage_id = $2',
  countSince: 'select count(*) as total from leads where account_id = $1 and updated_at >= $2',
  stageOf: `select s.id, s.name, s.pipeline_id, p.name as pipeline_name from stages s
    join pipelines p on p.account_id = s.account_id and p.id = s.pipeline_id
    where s.account_id = $1 and ($2::bigint is null or s.id = $2) order by s.position limit 1`,
  insert: `insert into leads as l (account_id, name, phone, email, company, value, source, tags, notes, utm_source,
      utm_campaign, custom_fields, pipeline_id, stage_id, status, search)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'open', $15) returning ${columns}`,
  hold: `insert into lead_identifiers (account_id, kind, value, lead_id)
    select $1, kind, value, $2 from (values ('phone', $3), ('email', lower($4))) as known (kind, value)
    where value is not null on conflict do nothing`,
  count: `insert into lead_counts as c (account_id, stage_id, pipeline_id, leads)
    values ($1, $2, $3, greatest($4::int, 0))
    on conflict (account_id, stage_id) do update set leads = c.leads + $4::int`,
  lock: 'select stage_id, pipeline_id from leads where account_id = $1 and id = $2 for no key update',
  move: `update leads set stage_id = $3, pipeline_id = $4, stage_changed_at = now() where account_id = $1 and id = $2`,
}
type Row = Record<string, unknown>
const run = (on: pg.Pool | pg.PoolClient, name: keyof typeof sql, ...values: unknown[]) =>
  on.query<Row>({ name, text: sql[name], values: [account, ...values] })

const shown = ({ stage_name, pipeline_name, ...row }: Row) => ({
  ...row,
  stage: { id: row.stage_id, name: stage_name },
  pipeline: { id: row.pipeline_id, name: pipeline_name },
})
const shownPage = (rows: Row[], total: number, current_page = 1) => ({
  success: true,
  data: rows.map(shown),
  meta: {
    total,
    per_page: 50,
    current_page,
    last_page: Math.ceil(total / 50),
    has_more: current_page * 50 < total,
  },
})

async function inTransaction<T>(work: (client: pg.PoolClient) => Promise<T>) {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}

const app = fastify({ logger: false })
app.get('/readyz', async () => ({ status: 'ready' }))

app.get('/api/v1/leads/:id', { schema: one }, async (request) => {
  const { rows } = await run(pool, 'get', (request.params as { id: string }).id)
  return { success: true, lead: shown(rows[0]!) }
})

app.get('/api/v1/leads', { schema: many }, async (request) => {
  const { page: number = '1', stage_id, updated_since, q } = request.query as Record<string, string>
  if (q) {
    const [first, second = first] = q.split(' ').map((term) => `%${folded(term)}%`)
    const { rows } = await run(pool, 'search', first, second)
    return shownPage(rows, Number(rows[0]?.total ?? 0))
  }
  const [{ rows }, { rows: counted }] = await Promise.all(
    updated_since
      ? [run(pool, 'since', updated_since), run(pool, 'countSince', updated_since)]
      : stage_id
        ? [run(pool, 'stage', stage_id), run(pool, 'countStage', stage_id)]
        : [run(pool, 'list', (Number(number) - 1) * 50), run(pool, 'countAll')],
  )
  return shownPage(rows, Number(counted[0]!.total), Number(number))
})

app.post('/api/v1/leads', { schema: one }, async (request, reply) => {
  const body = request.body as Record<string, unknown>
  const search = `${folded(body.name)} ${folded(body.email)} ${folded(body.phone)}`
  const created = await inTransaction(async (client) => {
    const stage = (await run(client, 'stageOf', null)).rows[0]!
    const given = [
      body.name,
      body.phone,
      body.email,
      body.company,
      body.value,
      body.source,
      body.tags,
      body.notes,
    ]
    const rest = [body.utm_source, body.utm_campaign, body.custom_fields, stage.pipeline_id, stage.id, search]
    const { rows } = await run(client, 'insert', ...given, ...rest)
    await run(client, 'hold', rows[0]!.id, body.phone, body.email)
    await run(client, 'count', stage.id, stage.pipeline_id, 1)
    return { ...rows[0]!, stage_name: stage.name, pipeline_name: stage.pipeline_name }
  })
  return reply.status(201).send({ success: true, lead: shown(created) })
})

app.put('/api/v1/leads/:id/stage', async (request) => {
  const { id } = request.params as { id: string }
  const { stage_id } = request.body as { stage_id: number }
  await inTransaction(async (client) => {
    const from = (await run(client, 'lock', id)).rows[0]!
    const to = (await run(client, 'stageOf', stage_id)).rows[0]!
    if (from.stage_id === to.id) return
    await run(client, 'move', id, to.id, to.pipeline_id)
    const changes = [
      { id: Number(from.stage_id), pipeline: from.pipeline_id, by: -1 },
      { id: Number(to.id), pipeline: to.pipeline_id, by: 1 },
    ].sort((a, b) => a.id - b.id)
    for (const change of changes) await run(client, 'count', change.id, change.pipeline, change.by)
  })
  return { success: true, lead_id: Number(id) }
})

const folded = (value: unknown) =>
  String(value ?? '')
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()

await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
process.once('SIGTERM', async () => {
  await app.close()
  await pool.end()
})
