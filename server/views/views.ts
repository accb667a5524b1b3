import { and, asc, eq, or } from 'drizzle-orm'
import { type TObject, Type } from 'typebox'
import { check } from '#http/validation.ts'
import { LeadFilters } from '#leads/schema.ts'
import { type FieldErrors, forbidden, invalid, notFound, selectedInvalid } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'
import { TaskFilters } from '#tasks/schema.ts'
import type { NewView, View, ViewChanges } from '#views/schema.ts'
import { views } from '#views/tables.ts'

const columns = {
  id: views.id,
  name: views.name,
  of: views.of,
  is_shared: views.is_shared,
  user_id: views.user_id,
  filters: views.filters,
  sort: views.sort,
  columns: views.columns,
  created_at: views.created_at,
  updated_at: views.updated_at,
}
const visible = ({ accountId, actor }: Scope) =>
  and(eq(views.account_id, accountId), or(views.is_shared, eq(views.user_id, actor.id!)))

/** One's own, and those that colleagues share. */
export const listViews = (scope: Scope, of?: View['of']): Promise<View[]> =>
  scope.db
    .select(columns)
    .from(views)
    .where(and(visible(scope), of ? eq(views.of, of) : undefined))
    .orderBy(asc(views.name), asc(views.id))

export async function createView(scope: Scope, input: NewView): Promise<View> {
  ensureAskable(input)
  const [view] = await scope.db
    .insert(views)
    .values({ ...input, account_id: scope.accountId, user_id: scope.actor.id! })
    .returning(columns)
  return view!
}

export async function changeView(scope: Scope, id: number, changes: ViewChanges, isAdmin: boolean) {
  const view = await lockOwn(scope, id, isAdmin)
  ensureAskable({ ...view, ...changes })
  if (Object.keys(changes).length === 0) return view
  const [changed] = await scope.db.update(views).set(changes).where(thisOne(scope, id)).returning(columns)
  return changed!
}

export async function deleteView(scope: Scope, id: number, isAdmin: boolean) {
  await lockOwn(scope, id, isAdmin)
  await scope.db.delete(views).where(thisOne(scope, id))
}

const thisOne = (scope: Scope, id: number) => and(eq(views.account_id, scope.accountId), eq(views.id, id))

/** What is shared is seen by all, and changed by whose it is or by an admin. */
async function lockOwn(scope: Scope, id: number, isAdmin: boolean): Promise<View> {
  const [view] = await scope.db
    .select(columns)
    .from(views)
    .where(and(thisOne(scope, id), visible(scope)))
    .for('update')
  if (!view) throw notFound('view')
  if (view.user_id !== scope.actor.id && !isAdmin) throw forbidden('admin')
  return view
}

const pages = ['page', 'per_page', 'cursor', 'sort', 'include', 'with_deleted', 'updated_since']
const asked: Record<View['of'], TObject> = {
  leads: LeadFilters,
  tasks: TaskFilters,
  conversations: Type.Object({}, { additionalProperties: true }),
}

/** What the list itself would refuse is not kept either. */
function ensureAskable({ of, filters = {}, sort }: Pick<NewView, 'of' | 'filters' | 'sort'>) {
  const { properties } = asked[of]
  const errors: FieldErrors = {}
  for (const [field, messages] of Object.entries(check(asked[of], filters, { isQuery: true }).errors))
    errors[`filters.${field}`] = messages
  for (const field of Object.keys(filters)) {
    const isUnknown = of !== 'conversations' && !(field in properties)
    if (isUnknown || pages.includes(field)) errors[`filters.${field}`] = [selectedInvalid(field)]
  }
  const sorts = (properties.sort as { enum?: unknown[] } | undefined)?.enum
  if (sort && sorts && !sorts.includes(sort)) errors.sort = [selectedInvalid('sort')]
  if (Object.keys(errors).length > 0) throw invalid(errors)
}
