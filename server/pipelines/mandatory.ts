import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { record } from '#events/record.ts'
import { requiredTasks, stages, tasks } from '#pipelines/tables.ts'
import { tasksById } from '#pipelines/task-rows.ts'
import { flagged, type Refused } from '#platform/errors.ts'
import { messages } from '#platform/messages.ts'
import type { Scope } from '#platform/scope.ts'

type Standing = { id: number; stage_id: number }

/** The refusal for each of these leads that may not go: a mandatory task of where it stands is pending. They are locked. */
export async function heldBack(scope: Scope, leads: Standing[]): Promise<Map<number, Refused>> {
  if (leads.length === 0) return new Map()
  await holdDemands(scope, [...new Set(leads.map((lead) => lead.stage_id))])
  const rows = await scope.db
    .select({
      leadId: tasks.lead_id,
      stageId: requiredTasks.stage_id,
      task: { id: tasks.id, subject: tasks.subject, type: tasks.type },
    })
    .from(tasks)
    .innerJoin(
      requiredTasks,
      and(eq(requiredTasks.account_id, tasks.account_id), eq(requiredTasks.id, tasks.required_task_id)),
    )
    .where(
      and(
        eq(tasks.account_id, scope.accountId),
        inArray(
          tasks.lead_id,
          leads.map((lead) => lead.id),
        ),
        inArray(
          requiredTasks.stage_id,
          leads.map((lead) => lead.stage_id),
        ),
        eq(tasks.status, 'pending'),
      ),
    )
    .orderBy(asc(requiredTasks.position), asc(tasks.id))
  const refusals = leads.flatMap(({ id, stage_id }): [number, Refused][] => {
    const pending = rows.filter(({ leadId, stageId }) => leadId === id && stageId === stage_id)
    const pending_tasks = pending.map(({ task }) => task)
    return pending.length > 0 ? [[id, flagged(messages.blocked, { blocked: true, pending_tasks })]] : []
  })
  return new Map(refusals)
}

/** Gives leads that have just entered a stage its mandatory tasks; each lead has each of them once, for good. */
export async function createMandatoryTasks(scope: Scope, leadIds: number[]) {
  if (leadIds.length === 0) return
  // The name and the stage are read from the lead as it now stands, the day from the account's own calendar.
  const made = await scope.db.execute<{ id: number }>(sql`
    insert into tasks (account_id, subject, description, type, priority, due_date, lead_id, assigned_to, required_task_id)
    select l.account_id,
      left(replace(replace(r.subject, '{{lead_name}}', l.name), '{{stage_name}}', s.name), 255),
      replace(replace(r.description, '{{lead_name}}', l.name), '{{stage_name}}', s.name),
      r.type, r.priority, (now_ms() at time zone a.time_zone)::date + r.due_in_days, l.id, l.assigned_to, r.id
    from leads l
    join stages s on s.account_id = l.account_id and s.id = l.stage_id
    join required_tasks r on r.account_id = l.account_id and r.stage_id = l.stage_id
    join accounts a on a.id = l.account_id
    where l.account_id = ${scope.accountId} and l.id = any (${sql.param(leadIds)}::bigint[])
    order by l.id, r.position, r.id
    on conflict (account_id, lead_id, required_task_id) where required_task_id is not null do nothing
    returning id`)
  await recordCreated(
    scope,
    made.rows.map((row) => row.id),
  )
}

async function recordCreated(scope: Scope, ids: number[]) {
  if (ids.length === 0) return
  const created = await tasksById(scope, ids)
  await record(
    scope,
    ...created.map((task) => ({ type: 'task.created' as const, leadId: task.lead_id, data: { task } })),
  )
}

/** While these stages are held nobody adds to what they demand; `changeDemands` waits for us, and we for it. */
const holdDemands = (scope: Scope, stageIds: number[]) =>
  scope.db
    .select({ id: stages.id })
    .from(stages)
    .where(and(eq(stages.account_id, scope.accountId), inArray(stages.id, stageIds)))
    .orderBy(asc(stages.id))
    .for('key share')

/** Holds a stage against everybody who enters or leaves it, until its demands are changed. */
export async function lockDemands(scope: Scope, stageId: number) {
  const [stage] = await scope.db
    .select({ id: stages.id, pipeline_id: stages.pipeline_id })
    .from(stages)
    .where(and(eq(stages.account_id, scope.accountId), eq(stages.id, stageId)))
    .for('update')
  return stage
}
