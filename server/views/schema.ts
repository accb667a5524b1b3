import { type Static, Type } from 'typebox'
import { Id, nullable, oneOf, ref, Timestamp, text } from '#platform/shapes.ts'
import { listNames } from '#views/tables.ts'

const Filters = Type.Unsafe<Record<string, unknown>>({
  type: 'object',
  additionalProperties: true,
  description: 'What the list is asked for, by the names of its query.',
  examples: [{ assigned_to: 12, tags: ['vip'] }],
})
const name = text(100, { examples: ['Meus leads quentes'] })
const rest = {
  is_shared: Type.Optional(Type.Boolean({ description: 'Shown to everybody of the account.' })),
  filters: Type.Optional(Filters),
  sort: Type.Optional(nullable(text(50, { examples: ['-stage_changed_at'] }))),
  columns: Type.Optional(Type.Array(text(100), { maxItems: 50, examples: [['name', 'value']] })),
}

export const NewView = Type.Object({ name, of: oneOf(listNames), ...rest }, { 'x-name': 'NewView' })
export type NewView = Static<typeof NewView>
export const ViewChanges = Type.Object({ name: Type.Optional(name), ...rest }, { 'x-name': 'ViewChanges' })
export type ViewChanges = Static<typeof ViewChanges>

export const View = Type.Object(
  {
    id: Id,
    name: Type.String(),
    of: oneOf(listNames),
    is_shared: Type.Boolean(),
    user_id: { ...Id, description: 'Whose it is.' },
    filters: Filters,
    sort: nullable(Type.String()),
    columns: Type.Array(Type.String()),
    created_at: Timestamp,
    updated_at: Timestamp,
  },
  { 'x-name': 'View' },
)
export type View = Static<typeof View>
export const ViewId = Type.Object({ id: ref('views') })
export const ViewFilters = Type.Object({ of: Type.Optional(oneOf(listNames, { examples: ['leads'] })) })

export const viewExample: View = {
  id: 3,
  name: 'Meus leads quentes',
  of: 'leads',
  is_shared: false,
  user_id: 12,
  filters: { assigned_to: 12, tags: ['vip'] },
  sort: '-stage_changed_at',
  columns: ['name', 'value'],
  created_at: '2026-06-30T10:00:00.000Z' as unknown as Date,
  updated_at: '2026-06-30T10:00:00.000Z' as unknown as Date,
}
