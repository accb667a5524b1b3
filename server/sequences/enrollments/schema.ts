import { type Static, Type } from 'typebox'
import { Event } from '#events/timeline.ts'
import { LeadFilters } from '#leads/schema.ts'
import { Id, nullable, oneOf, ref, Timestamp } from '#platform/shapes.ts'
import { enrollmentStatuses } from '#sequences/states.ts'

const {
  sort: _,
  include: __,
  with_deleted: ___,
  page: ____,
  per_page: _____,
  cursor: ______,
  ...filters
} = LeadFilters.properties
/** What `GET /leads` can be narrowed to, without what is about its pages. */
export const Narrowed = Type.Object(filters)

export const Enrollment = Type.Object(
  {
    id: Id,
    sequence_id: Id,
    filters: Type.Unsafe<Partial<LeadFilters>>({ type: 'object', additionalProperties: true }),
    status: oneOf(enrollmentStatuses),
    total: Type.Integer({ description: 'Leads that fitted when it began.' }),
    seen: Type.Integer({ description: 'How many of them it has come by.' }),
    started: Type.Integer({ description: 'Runs that began; who is in it already is left as they are.' }),
    failure: nullable(
      Type.String({
        description: '`invalid` when a filter names what is gone, `deleted` when the sequence is.',
      }),
    ),
    actor: Event.properties.actor,
    created_at: Timestamp,
    finished_at: nullable(Timestamp),
  },
  { 'x-name': 'SequenceEnrollment' },
)
export type Enrollment = Static<typeof Enrollment>

export const EnrollmentId = Type.Object({
  id: ref('sequences'),
  enrollment_id: ref('sequence_enrollments'),
})

const instant = (text: string) => text as unknown as Date

export const enrollmentExample: Enrollment = {
  id: 31,
  sequence_id: 9,
  filters: { status: 'open', tags: ['vip'] },
  status: 'running',
  total: 12_000,
  seen: 500,
  started: 480,
  failure: null,
  actor: { type: 'user', id: 12, name: 'Ana' },
  created_at: instant('2026-06-30T10:00:00.000Z'),
  finished_at: null,
}
