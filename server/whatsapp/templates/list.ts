import { and, asc, count, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { invalid, notFound, selectedInvalid } from '#platform/errors.ts'
import { decodeCursor, encodeCursor, type Meta, metaOf, offsetOf, perPageOf } from '#platform/pages.ts'
import type { Scope } from '#platform/scope.ts'
import { whatsappTemplates as templates } from '#whatsapp/tables.ts'
import type { Template, TemplateFilters } from '#whatsapp/templates/schema.ts'

const columns = {
  id: templates.id,
  instance_id: templates.instance_id,
  name: templates.name,
  language: templates.language,
  category: templates.category,
  status: templates.status,
  parameter_format: templates.parameter_format,
  components: sql<object[]>`${templates.components}`,
  variables: templates.variables,
  variables_count: templates.variables_count,
  rejected_reason: templates.rejected_reason,
  quality: templates.quality,
  updated_at: templates.updated_at,
}

export async function showTemplate(scope: Scope, id: number): Promise<Template> {
  const [template] = await scope.db
    .select(columns)
    .from(templates)
    .where(and(...current(scope), eq(templates.id, id)))
  if (!template) throw notFound('template')
  return template
}

/** One page of templates, by name. */
export async function listTemplates(
  scope: Scope,
  filters: TemplateFilters,
): Promise<{ data: Template[]; meta: Meta }> {
  const position = filters.cursor === undefined ? null : positionOf(filters.cursor)
  const where = and(...conditionsOf(scope, filters))
  const limit = perPageOf(filters)
  const after = position?.id
    ? sql`(${templates.name}, ${templates.id}) > (${position.name}::text, ${position.id}::bigint)`
    : undefined
  const [found, total] = await Promise.all([
    scope.db
      .select(columns)
      .from(templates)
      .where(and(where, after))
      .orderBy(asc(templates.name), asc(templates.id))
      .limit(limit + 1)
      .offset(position ? 0 : offsetOf(filters)),
    position?.total ?? countTemplates(scope, where),
  ])
  const data: Template[] = found.slice(0, limit)
  if (!position) return { data, meta: metaOf(filters, total) }
  const has_more = found.length > limit
  const { name, id } = data.at(-1) ?? {}
  const next_cursor = has_more ? encodeCursor({ name, id, page: position.page + 1, total }) : null
  return { data, meta: { ...metaOf({ ...filters, page: position.page }, total), has_more, next_cursor } }
}

const current = (scope: Scope): SQL[] => [
  eq(templates.account_id, scope.accountId),
  isNull(templates.removed_at),
  // Those of a removed number went with it.
  sql`exists (select 1 from instances i where i.account_id = ${scope.accountId}
    and i.id = ${templates.instance_id} and i.removed_at is null)`,
]

function conditionsOf(scope: Scope, { instance_id, status, language, q }: TemplateFilters): SQL[] {
  const conditions = current(scope)
  if (instance_id) conditions.push(eq(templates.instance_id, instance_id))
  if (status) conditions.push(eq(templates.status, status.toUpperCase()))
  if (language) conditions.push(eq(templates.language, language))
  if (q) conditions.push(sql`strpos(${templates.name}, ${q.toLowerCase().replace(/\s+/g, '_')}) > 0`)
  return conditions
}

async function countTemplates(scope: Scope, where: SQL | undefined) {
  const [row] = await scope.db.select({ total: count() }).from(templates).where(where)
  return row!.total
}

type Position = { name: string | null; id: number | null; page: number; total: number | null }

function positionOf(cursor: string): Position {
  if (cursor === '') return { name: null, id: null, page: 1, total: null }
  const held = decodeCursor(cursor)
  const numbers = [held?.id, held?.page, held?.total]
  if (typeof held?.name !== 'string' || !numbers.every(Number.isSafeInteger))
    throw invalid({ cursor: [selectedInvalid('cursor')] })
  return held as Position
}
