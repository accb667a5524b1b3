import { sql } from 'drizzle-orm'
import type { App } from '../harness.ts'
import type { Model } from './model.ts'

// Each run as one line: whose, when, how it ended, and what it did, sent or left out at each step, when and why.

export async function accountsRuns(app: App, accountId: number): Promise<string[]> {
  const { rows } = await app.database.db.execute<Row>(sql`
    select r.sequence_id, r.lead_id, r.started_at, r.status, r.finished_at, r.step_id, r.version,
      r.replied_at is not null as has_replied,
      (select coalesce(jsonb_agg(jsonb_build_array(s.step_id, s.outcome, s.reason, s.at, m.text)), '[]')
        from sequence_run_steps s
        left join messages m on m.account_id = ${accountId} and m.id = s.message_id
        where s.account_id = ${accountId} and s.run_id = r.id) as steps,
      (select count(*) from messages m
        where m.account_id = ${accountId} and m.once like 'sequence run ' || r.id || ' %') as messages
    from sequence_runs r where r.account_id = ${accountId}`)
  return rows
    .map((row) =>
      line({
        ...row,
        startedAt: Date.parse(row.started_at),
        finishedAt: row.finished_at ? Date.parse(row.finished_at) : 0,
        steps: row.steps.map(([id, outcome, reason, at, text]) => [
          id,
          outcome,
          reason ?? '',
          Date.parse(at),
          text ?? '',
        ]),
      }),
    )
    .toSorted()
}

type Row = {
  sequence_id: number
  lead_id: number
  started_at: string
  status: string
  finished_at: string | null
  step_id: string | null
  version: number
  has_replied: boolean
  steps: [string, string, string | null, string, string | null][]
  messages: number
}

export const modelsRuns = ({ runs }: Model): string[] =>
  runs
    .map((run) => {
      // What was written to a lead goes with it.
      const kept = run.lead.isThere
      const steps = [...run.notes].map(([id, { outcome, reason, at, text }]): Told['steps'][number] => [
        id,
        outcome,
        reason,
        at,
        kept ? text : '',
      ])
      return line({
        sequence_id: run.sequence.id,
        lead_id: run.lead.id,
        startedAt: run.startedAt,
        status: run.status,
        finishedAt: run.finishedAt,
        step_id: run.status === 'active' ? run.step : null,
        version: run.version,
        has_replied: run.hasReplied,
        steps,
        messages: kept ? steps.filter(([, outcome]) => outcome === 'sent').length : 0,
      })
    })
    .toSorted()

type Told = Pick<
  Row,
  'sequence_id' | 'lead_id' | 'status' | 'step_id' | 'version' | 'has_replied' | 'messages'
> & {
  startedAt: number
  finishedAt: number
  steps: [string, string, string, number, string][]
}

function line({ startedAt, finishedAt, steps, ...run }: Told): string {
  const when = (at: number) => new Date(at).toISOString().slice(0, 16)
  // A merge goes by the clock outside.
  const finished = run.status === 'active' || run.status === 'merged' ? '' : when(finishedAt)
  const did = steps
    .map(([id, outcome, reason, at, text]) => `${when(at)} ${id} ${outcome} ${reason} ${text}`.trim())
    .toSorted()
  return [
    `sequence ${run.sequence_id} v${run.version} lead ${run.lead_id} from ${when(startedAt)}`,
    `${run.status} ${finished} ${run.step_id ?? ''} ${run.has_replied ? 'replied' : ''} ${run.messages} messages`,
    ...did,
  ].join(' | ')
}
