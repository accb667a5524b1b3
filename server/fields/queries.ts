import { and, asc, eq } from 'drizzle-orm'
import { customFields } from '#fields/tables.ts'
import { notFound } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

const shownColumns = {
  id: customFields.id,
  name: customFields.name,
  label: customFields.label,
  field_type: customFields.field_type,
  options: customFields.options,
  is_required: customFields.is_required,
  is_active: customFields.is_active,
  show_on_card: customFields.show_on_card,
  sort_order: customFields.sort_order,
}
export type Field = {
  id: number
  name: string
  label: string
  field_type: (typeof customFields.$inferSelect)['field_type']
  options: string[]
  is_required: boolean
  is_active: boolean
  show_on_card: boolean
  sort_order: number
}

export const listFields = (scope: Scope, { activeOnly = false } = {}): Promise<Field[]> =>
  scope.db
    .select(shownColumns)
    .from(customFields)
    .where(
      and(
        eq(customFields.account_id, scope.accountId),
        activeOnly ? eq(customFields.is_active, true) : undefined,
      ),
    )
    .orderBy(asc(customFields.sort_order), asc(customFields.id))

export async function findField(scope: Scope, id: number): Promise<Field> {
  const [field] = await scope.db
    .select(shownColumns)
    .from(customFields)
    .where(and(eq(customFields.account_id, scope.accountId), eq(customFields.id, id)))
  if (!field) throw notFound('customField')
  return field
}
