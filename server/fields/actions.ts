import { and, count, eq, sql } from 'drizzle-orm'
import { ensureWithinPlan, findAccount } from '#accounts/accounts.ts'
import { lockDefinitions } from '#fields/lock.ts'
import { type Field, findField, listFields } from '#fields/queries.ts'
import type { FieldChanges, NewField } from '#fields/schema.ts'
import { customFields } from '#fields/tables.ts'
import { invalid, ruled } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

export async function createField(scope: Scope, input: NewField): Promise<Field> {
  await lockDefinitions(scope)
  await ensureWithinPlan(scope, await findAccount(scope), 'custom_fields', 1, () => countFields(scope))
  const { sort_order, ...values } = input
  const all = await listFields(scope)
  ensureNameIsFree(all, input.name)
  ensureOptions(input)
  const [made] = await scope.db
    .insert(customFields)
    .values({ ...values, account_id: scope.accountId, sort_order: all.length + 1 })
    .returning({ id: customFields.id })
  if (sort_order) await reorder(scope, [...all.map((field) => field.id), made!.id], made!.id, sort_order)
  return findField(scope, made!.id)
}

/** Changes a field. What would orphan a value that some lead has is refused; nothing is converted behind anybody's back. */
export async function changeField(scope: Scope, id: number, input: FieldChanges): Promise<Field> {
  await lockDefinitions(scope)
  const before = await findField(scope, id)
  const { sort_order, ...changes } = input
  const after = { ...before, ...changes }
  const all = await listFields(scope)
  ensureOptions(after)
  if (after.name !== before.name) ensureNameIsFree(all, after.name)
  if (after.name !== before.name || after.field_type !== before.field_type) await ensureUnused(scope, before)
  const dropped = before.options.filter((option) => !after.options.includes(option))
  await ensureOptionsUnused(scope, before, dropped)
  if (Object.keys(changes).length > 0) {
    await scope.db
      .update(customFields)
      .set(changes)
      .where(and(eq(customFields.account_id, scope.accountId), eq(customFields.id, id)))
  }
  if (sort_order) {
    await reorder(
      scope,
      all.map((field) => field.id),
      id,
      sort_order,
    )
  }
  return findField(scope, id)
}

async function reorder(scope: Scope, ids: number[], id: number, sortOrder: number) {
  const order = ids.filter((other) => other !== id)
  order.splice(sortOrder - 1, 0, id)
  await scope.db
    .update(customFields)
    .set({ sort_order: sql`array_position(${sql.param(order)}::bigint[], ${customFields.id})` })
    .where(eq(customFields.account_id, scope.accountId))
}

function ensureNameIsFree(all: Field[], name: string) {
  if (all.some((field) => field.name === name)) throw invalid({ name: ['The name has already been taken.'] })
}

function ensureOptions({ field_type, options = [] }: Pick<NewField, 'field_type' | 'options'>) {
  const needsOptions = field_type === 'select' || field_type === 'multiselect'
  if (needsOptions && options.length === 0) throw invalid({ options: ['The options field is required.'] })
}

async function ensureUnused(scope: Scope, field: Field) {
  const { rows } = await scope.db.execute(sql`
    select 1 from leads where account_id = ${scope.accountId} and custom_fields ? ${field.name} limit 1`)
  if (rows.length > 0) throw ruled('field_in_use')
}

async function ensureOptionsUnused(scope: Scope, field: Field, options: string[]) {
  for (const option of options) {
    const value = field.field_type === 'multiselect' ? [option] : option
    const { rows } = await scope.db.execute(sql`
      select 1 from leads
      where account_id = ${scope.accountId} and custom_fields @> ${JSON.stringify({ [field.name]: value })}::jsonb
      limit 1`)
    if (rows.length > 0) throw ruled('field_in_use')
  }
}

export async function countFields(scope: Scope) {
  const [row] = await scope.db
    .select({ total: count() })
    .from(customFields)
    .where(eq(customFields.account_id, scope.accountId))
  return row!.total
}
