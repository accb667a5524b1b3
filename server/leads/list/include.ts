import { usersById } from '#accounts/users/users.ts'
import { newestEvents } from '#events/timeline.ts'
import { listFields } from '#fields/queries.ts'
import { pastsOf } from '#leads/identity/merged.ts'
import type { Lead, ShownLead } from '#leads/schema.ts'
import { nextTasks, tasksOfLeads } from '#pipelines/task-rows.ts'
import type { Permission } from '#platform/route.ts'
import type { Scope } from '#platform/scope.ts'

const shownEvents = 50

/** What `include` may add to a lead; later folders hand theirs in. */
export type Relation = {
  permission: Permission
  load: (scope: Scope, leads: Lead[]) => Promise<(lead: Lead) => Partial<ShownLead>>
}

/** Each loads for the whole page at once. */
const ownRelations: Record<string, Relation> = {
  owner: {
    permission: 'users:read',
    async load(scope, leads) {
      const ids = [...new Set(leads.flatMap((lead) => lead.assigned_to ?? []))]
      const owners = new Map((ids.length ? await usersById(scope, ids) : []).map((user) => [user.id, user]))
      return (lead) => ({ owner: owners.get(lead.assigned_to ?? 0) ?? null })
    },
  },
  events: {
    permission: 'leads:read',
    async load(scope, leads) {
      const pasts = await pastsOf(
        scope,
        leads.map((lead) => lead.id),
      )
      const ids = [...pasts.values()].flat()
      const found = ids.length ? await newestEvents(scope, ids, shownEvents) : []
      const events = Map.groupBy(found, (event) => event.lead_id)
      const ofPast = (lead: Lead) => pasts.get(lead.id)!.flatMap((id) => events.get(id) ?? [])
      return (lead) => ({
        events: ofPast(lead)
          .sort((a, b) => b.id - a.id)
          .slice(0, shownEvents),
      })
    },
  },
  tasks: {
    permission: 'tasks:read',
    async load(scope, leads) {
      const ids = leads.map((lead) => lead.id)
      const tasks = Map.groupBy(ids.length ? await tasksOfLeads(scope, ids) : [], (task) => task.lead_id)
      return (lead) => ({ tasks: tasks.get(lead.id) ?? [] })
    },
  },
  next_task: {
    permission: 'tasks:read',
    async load(scope, leads) {
      const tasks = await nextTasks(
        scope,
        leads.map((lead) => lead.id),
      )
      const next = new Map(tasks.map((task) => [task.lead_id, task]))
      return (lead) => ({ next_task: next.get(lead.id) ?? null })
    },
  },
  custom_fields_full: {
    permission: 'custom_fields:read',
    async load(scope) {
      const fields = await listFields(scope, { activeOnly: true })
      return (lead) => ({
        custom_fields_full: fields.map((field) => ({
          ...field,
          value: lead.custom_fields[field.name as never] ?? null,
        })),
      })
    },
  },
}

export type Including = (
  scope: Scope,
  leads: Lead[],
  include: string | undefined,
  can: (permission: Permission) => boolean,
) => Promise<ShownLead[]>

/** Adds what was asked for and may be seen; unknown words are ignored, and one asked twice is loaded once. */
export function includingFrom(others: Record<string, Relation>): Including {
  const relations = Object.entries({ ...ownRelations, ...others })
  return async (scope, leads, include, can) => {
    const asked = new Set(include?.split(',').map((word) => word.trim()))
    const allowed = relations.filter(([word, { permission }]) => asked.has(word) && can(permission))
    if (allowed.length === 0) return leads
    const adders = await Promise.all(allowed.map(([, relation]) => relation.load(scope, leads)))
    return leads.map((lead) => Object.assign({}, lead, ...adders.map((add) => add(lead))))
  }
}
