import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { record } from '#events/record.ts'
import type { Identity } from '#leads/identity/identity.ts'
import { listed } from '#leads/identity/identity.ts'
import type { Lead } from '#leads/schema.ts'
import type { Moved } from '#leads/tables.ts'
import { tasks } from '#pipelines/tables.ts'
import { taskColumns } from '#pipelines/task-rows.ts'
import type { Scope } from '#platform/scope.ts'

/** Something of a later folder that hangs on leads. What `move` gives is kept for the day on which the merge is undone. */
export type Belonging = {
  name: string
  move(scope: Scope, from: number, to: number): Promise<unknown>
  giveBack(scope: Scope, moved: unknown, from: number, to: number): Promise<unknown>
}

/** All that hangs on the duplicate goes to the survivor; both are locked. Says what, so that it can be given back. */
export async function moveBelongings(
  scope: Scope,
  { id: from }: Lead,
  { id: to }: Lead,
  belongings: Belonging[],
): Promise<Moved> {
  const others: Record<string, unknown> = {}
  for (const { name, move } of belongings) others[name] = await move(scope, from, to)
  const held = await moveIdentities(scope, from, to)
  const moved = await moveTasks(scope, from, to)
  const { rows: outcomes } = await scope.db.execute<{ id: number; stands: boolean }>(sql`
    update outcomes set lead_id = ${to} where account_id = ${scope.accountId} and lead_id = ${from}
    returning id, reopened_at is null as stands`)
  const { rows: stays } = await scope.db.execute<{ id: number; is_open: boolean }>(sql`
    with open as (
      select id from stage_stays where account_id = ${scope.accountId} and lead_id = ${from} and left_at is null
    ), moved as (
      update stage_stays set lead_id = ${to}, left_at = coalesce(left_at, now_ms())
      where account_id = ${scope.accountId} and lead_id = ${from}
      returning id
    )
    select id, id in (select id from open) as is_open from moved`)
  return {
    held,
    others,
    ...moved,
    outcomes: outcomes.map(({ id }) => id),
    standingOutcomes: outcomes.flatMap(({ id, stands }) => (stands ? id : [])),
    stays: stays.map(({ id }) => id),
    openStays: stays.flatMap(({ id, is_open }) => (is_open ? id : [])),
  }
}

/** What the duplicate held the survivor holds, and where it stood in line the survivor stands: one of them all the same. */
async function moveIdentities(scope: Scope, from: number, to: number): Promise<Identity[]> {
  const { rows } = await scope.db.execute<Identity>(sql`
    with held as (
      update lead_identifiers set lead_id = ${to} where account_id = ${scope.accountId} and lead_id = ${from}
      returning kind, value
    ), rid as (
      delete from lead_rivals r using held
      where r.account_id = ${scope.accountId} and r.lead_id = ${to} and r.kind = held.kind and r.value = held.value
    ), waiting as (
      insert into lead_rivals (account_id, kind, value, lead_id)
      select ${scope.accountId}::bigint, r.kind, r.value, ${to}::bigint
      from lead_rivals r
      join lead_identifiers i on i.account_id = r.account_id and i.kind = r.kind and i.value = r.value
      where r.account_id = ${scope.accountId} and r.lead_id = ${from} and i.lead_id <> ${to}
      on conflict do nothing
      returning kind, value
    )
    select kind, value from held union all select kind, value from waiting`)
  return rows
}

type Demanded = { id: number; lead_id: number | null; status: string; required_task_id: number | null }

async function moveTasks(scope: Scope, from: number, to: number) {
  const { dropped, freed, carried } = collisions(await demandedOf(scope, [from, to]), from)
  const droppedTasks = dropped.length > 0 ? await dropTasks(scope, dropped) : []
  const moved = await scope.db
    .update(tasks)
    .set({
      lead_id: to,
      required_task_id: sql`case when ${tasks.id} = any (${sql.param(freed)}::bigint[]) then null else ${tasks.required_task_id} end`,
    })
    .where(and(eq(tasks.account_id, scope.accountId), eq(tasks.lead_id, from)))
    .returning(taskColumns)
  await tellOfTasks(scope, moved, from)
  const stood = moved.map(({ id }) => ({ id, required_task_id: carried.get(id) ?? null }))
  return { tasks: stood, droppedTasks }
}

const demandedOf = (scope: Scope, leadIds: number[]): Promise<Demanded[]> =>
  scope.db
    .select({
      id: tasks.id,
      lead_id: tasks.lead_id,
      status: tasks.status,
      required_task_id: tasks.required_task_id,
    })
    .from(tasks)
    .where(
      and(
        eq(tasks.account_id, scope.accountId),
        inArray(tasks.lead_id, leadIds),
        isNotNull(tasks.required_task_id),
      ),
    )

/** One person is asked once: what is done counts, a second pending one goes, a second done one stays as an ordinary task. */
function collisions(demanded: Demanded[], from: number) {
  const [theirs, ours] = [true, false].map((its) =>
    demanded.filter((task) => (task.lead_id === from) === its),
  )
  const dropped: number[] = []
  const freed: number[] = []
  for (const task of theirs!) {
    const same = ours!.find((each) => each.required_task_id === task.required_task_id)
    if (!same) continue
    if (task.status === 'pending') dropped.push(task.id)
    else if (same.status === 'pending') dropped.push(same.id)
    else freed.push(task.id)
  }
  return { dropped, freed, carried: new Map(theirs!.map((task) => [task.id, task.required_task_id])) }
}

async function dropTasks(scope: Scope, ids: number[]) {
  const { rows } = await scope.db.execute<{ task: Record<string, unknown> }>(sql`
    delete from tasks t where account_id = ${scope.accountId} and id = any (${sql.param(ids)}::bigint[])
    returning to_jsonb(t) as task`)
  return rows.map(({ task }) => task)
}

type Task = { id: number; lead_id: number | null }

const tellOfTasks = (scope: Scope, moved: Task[], from: number) =>
  record(
    scope,
    ...moved.map((task) => ({
      type: 'task.updated' as const,
      leadId: task.lead_id,
      data: { task },
      previous: { lead_id: from },
    })),
  )

/** The duplicate is back: what came from it and is still there goes back to it. `isBack` when it stands where it stood. */
export async function returnBelongings(
  scope: Scope,
  moved: Moved,
  { from, to, isBack }: { from: number; to: number; isBack: boolean },
  belongings: Belonging[],
) {
  for (const { name, giveBack } of belongings) {
    if (moved.others && name in moved.others) await giveBack(scope, moved.others[name], from, to)
  }
  await returnIdentities(scope, moved.held, from, to)
  await returnTasks(scope, moved, from, to)
  const [standing, open] = isBack ? [moved.standingOutcomes, moved.openStays] : [[], []]
  await scope.db.execute(sql`
    update outcomes set lead_id = ${to},
      reopened_at = case when id = any (${sql.param(standing)}::bigint[]) then null else reopened_at end
    where account_id = ${scope.accountId} and lead_id = ${from} and id = any (${sql.param(moved.outcomes)}::bigint[])`)
  await scope.db.execute(sql`
    update stage_stays set lead_id = ${to},
      left_at = case when id = any (${sql.param(open)}::bigint[]) then null else left_at end
    where account_id = ${scope.accountId} and lead_id = ${from} and id = any (${sql.param(moved.stays)}::bigint[])`)
}

const returnIdentities = (scope: Scope, held: Identity[], from: number, to: number) =>
  scope.db.execute(sql`
    with given_back as (
      update lead_identifiers i set lead_id = ${to} from ${listed(held)} as held (kind, value)
      where i.account_id = ${scope.accountId} and i.lead_id = ${from} and i.kind = held.kind and i.value = held.value
    )
    delete from lead_rivals r using ${listed(held)} as held (kind, value)
    where r.account_id = ${scope.accountId} and r.lead_id = ${from} and r.kind = held.kind and r.value = held.value`)

async function returnTasks(scope: Scope, moved: Moved, from: number, to: number) {
  // A requirement may have gone meanwhile; its task is an ordinary one then.
  const demand = (id: ReturnType<typeof sql>) =>
    sql`(select r.id from required_tasks r where r.account_id = ${scope.accountId} and r.id = ${id})`
  const back = await scope.db
    .update(tasks)
    .set({ lead_id: to, required_task_id: demand(sql`back.required_task_id`) })
    .from(
      sql`jsonb_to_recordset(${JSON.stringify(moved.tasks)}::jsonb) as back (id bigint, required_task_id bigint)`,
    )
    .where(and(eq(tasks.account_id, scope.accountId), eq(tasks.lead_id, from), sql`${tasks.id} = back.id`))
    .returning(taskColumns)
  await tellOfTasks(scope, back, from)
  if (moved.droppedTasks.length === 0) return
  await scope.db.execute(sql`
    insert into tasks (account_id, id, subject, description, type, status, priority, due_date, due_time,
      completed_at, lead_id, assigned_to, notes, required_task_id, created_at)
    overriding system value
    select ${scope.accountId}::bigint, d.id, d.subject, d.description, d.type, d.status, d.priority, d.due_date, d.due_time,
      d.completed_at, d.lead_id, d.assigned_to, d.notes, ${demand(sql`d.required_task_id`)}, d.created_at
    from jsonb_populate_recordset(null::tasks, ${JSON.stringify(moved.droppedTasks)}::jsonb) d
    on conflict (account_id, lead_id, required_task_id) where required_task_id is not null do nothing`)
}
