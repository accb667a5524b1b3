import { sql } from 'drizzle-orm'
import type { newAccount } from './harness.ts'

type Client = Awaited<ReturnType<typeof newAccount>> & { leads: number[] }
type Lead = {
  id: number
  stage_id: number
  pipeline_id: number
  value: number
  source: string | null
  assigned_to: number | null
  lost_reason_id: number | null
}
type Stage = { id: number; name: string; color: string; is_won: boolean; is_lost: boolean }
type Pipeline = { id: number; name: string; stages: Stage[] }
type Event = {
  type: string
  occurred_at: string
  actor: { type: string; id: number | null }
  data: { lead: Lead; value: number; reason?: { id: number } | null }
  previous: object | null
}
type Asked = {
  from: string
  to: string
  source?: string
  assigned_to?: number
  pipeline_id?: number
  group_by?: string
}
type Stay = { stage: number; pipeline: number; day: string; entered: number; left: number | null }
type Outcome = {
  won: boolean
  lead: Lead
  value: number
  reason: number | null
  day: string
  stands: boolean
}

/** The reports once more, from each lead's timeline as the API tells it, with nothing of how the product counts. */
export async function recomputed(client: Client, timeZone: string) {
  const calendar = new Intl.DateTimeFormat('en-CA', { timeZone })
  const dayOf = (instant: string) => calendar.format(new Date(instant))
  const pipelines: Pipeline[] = (await client.get('/pipelines')).body.pipelines
  const histories = await Promise.all(
    client.leads.map(async (id) => {
      const lead: Lead = (await client.get(`/leads/${id}`)).body.lead
      const events: Event[] = (await client.get(`/leads/${id}/events?per_page=200`)).body.data.toReversed()
      return { lead, events, stays: staysOf(events), outcomes: outcomesOf(events) }
    }),
  )
  const deleted = await eventsOfDeleted(client)
  const everything = [...histories.flatMap(({ events }) => events), ...deleted]
  return { pipelines, funnel, outcomes, activity }

  function funnel({ from, to, source, assigned_to }: Asked, pipeline: Pipeline) {
    const place = new Map(pipeline.stages.map((stage, index) => [stage.id, index]))
    const cohort = histories.flatMap(({ lead, stays }) => {
      const here = stays.filter((stay) => stay.pipeline === pipeline.id)
      const isWanted =
        (source ?? lead.source) === lead.source && (assigned_to ?? lead.assigned_to) === lead.assigned_to
      return isWanted && here[0] && here[0].day >= from && here[0].day <= to ? [{ lead, stays: here }] : []
    })
    let previous: number | null = null
    const stages = pipeline.stages.map((stage, index) => {
      const isEnd = stage.is_won || stage.is_lost
      const reached = cohort.filter(({ stays }) =>
        stays.some((stay) => {
          const further = place.get(stay.stage)! > index && !pipeline.stages[place.get(stay.stage)!]!.is_lost
          return stay.stage === stage.id || (!isEnd && further)
        }),
      ).length
      const standing = cohort.filter(({ lead }) => lead.stage_id === stage.id)
      const ended = cohort
        .flatMap(({ stays }) => stays)
        .flatMap((stay) =>
          stay.stage === stage.id && stay.left !== null ? [(stay.left - stay.entered) / 1000] : [],
        )
        .sort((a, b) => a - b)
      const before = previous
      if (!isEnd) previous = reached
      return {
        ...stage,
        standing: standing.length,
        standing_value: cents(standing.map(({ lead }) => lead.value)),
        average_seconds: ended.length > 0 ? Math.round(ended.reduce((a, b) => a + b) / ended.length) : null,
        median_seconds: ended.length > 0 ? Math.round(middle(ended)) : null,
        reached,
        conversion_from_previous: stage.is_lost || !before ? null : share(reached, before),
        conversion_from_first: cohort.length === 0 ? null : share(reached, cohort.length),
      }
    })
    return { entered: cohort.length, stages }
  }

  function outcomes({ from, to, source, assigned_to, group_by }: Asked) {
    const wanted = histories
      .flatMap(({ outcomes }) => outcomes)
      .filter(({ stands, lead, day }) => {
        const isTheirs =
          (source ?? lead.source) === lead.source && (assigned_to ?? lead.assigned_to) === lead.assigned_to
        return stands && isTheirs && day >= from && day <= to
      })
    return collect(
      wanted,
      ({ lead, reason, day }) => {
        const keys: Record<string, number | string | null> = {
          reason,
          source: lead.source,
          owner: lead.assigned_to,
          pipeline: lead.pipeline_id,
        }
        return group_by! in keys ? keys[group_by!]! : periodOf(day, group_by!)
      },
      (of) => ({
        won_count: of.filter((each) => each.won).length,
        won_value: cents(of.filter((each) => each.won).map((each) => each.value)),
        lost_count: of.filter((each) => !each.won).length,
        lost_value: cents(of.filter((each) => !each.won).map((each) => each.value)),
      }),
    )
  }

  function activity({ from, to, group_by }: Asked) {
    const told = everything
      .map((event) => ({ ...event, day: dayOf(event.occurred_at) }))
      .filter(({ type, day }) => day >= from && day <= to && types.has(type))
    const count = (of: typeof told, type: string) => of.filter((event) => event.type === type).length
    return collect(
      told,
      ({ actor, day }) =>
        group_by === 'user' ? (actor.type === 'user' ? actor.id : null) : periodOf(day, group_by!),
      (of) => Object.fromEntries([...types].map(([type, measure]) => [measure, count(of, type)])),
    )
  }

  function staysOf(events: Event[]): Stay[] {
    const entries = events.filter(({ type }) => type === 'lead.created' || type === 'lead.stage_changed')
    return entries.map(({ data, occurred_at }, index) => ({
      stage: data.lead.stage_id,
      pipeline: data.lead.pipeline_id,
      day: dayOf(occurred_at),
      entered: new Date(occurred_at).getTime(),
      left: entries[index + 1] ? new Date(entries[index + 1]!.occurred_at).getTime() : null,
    }))
  }

  function outcomesOf(events: Event[]): Outcome[] {
    return events.flatMap(({ type, data, occurred_at }, index) => {
      if (type !== 'lead.won' && type !== 'lead.lost') return []
      const undoing = ['lead.stage_changed', 'lead.won', 'lead.lost']
      const next = events.findIndex((later, at) => at > index && undoing.includes(later.type))
      const stands = next === -1
      const { lead, value, reason } = data
      const corrected = events
        .slice(index, stands ? undefined : next)
        .findLast((later) => later.previous && 'lost_reason_id' in later.previous)
      return [
        {
          won: type === 'lead.won',
          lead,
          value,
          reason: corrected ? corrected.data.lead.lost_reason_id : (reason?.id ?? null),
          day: dayOf(occurred_at),
          stands,
        },
      ]
    })
  }
}

const types = new Map([
  ['lead.created', 'leads_created'],
  ['lead.stage_changed', 'stage_changes'],
  ['lead.won', 'leads_won'],
  ['lead.lost', 'leads_lost'],
  ['task.created', 'tasks_created'],
  ['task.completed', 'tasks_completed'],
])

/** Leads that are gone have no timeline to ask for; the account's log still has what was done with them. */
async function eventsOfDeleted(client: Client): Promise<Event[]> {
  const known = new Set(client.leads)
  const all = await client.scope.db.execute<Event & { lead_id: number }>(
    sql`select type, lead_id, actor, data, occurred_at::text from events where account_id = ${client.account.id}`,
  )
  return all.rows.filter(({ lead_id }) => !known.has(lead_id))
}

function collect<T>(
  items: T[],
  keyOf: (item: T) => number | string | null,
  measured: (items: T[]) => Record<string, number>,
) {
  const groups = Map.groupBy(items, (item) => String(keyOf(item)))
  return Object.fromEntries([...groups].map(([key, of]) => [key, measured(of)]))
}

function periodOf(day: string, unit: string) {
  const date = new Date(day)
  const month = date.getUTCMonth()
  if (unit === 'day') return day
  if (unit === 'month') return `${day.slice(0, 7)}-01`
  if (unit === 'quarter')
    return new Date(Date.UTC(date.getUTCFullYear(), month - (month % 3), 1)).toISOString().slice(0, 10)
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}

const cents = (values: number[]) => values.reduce((sum, value) => sum + Math.round(value * 100), 0) / 100
const share = (part: number, whole: number) => Math.round((part / whole) * 10_000) / 10_000
const middle = (sorted: number[]) =>
  (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
