import { Type } from 'typebox'
import { linksOf, Meta, Paging } from '#platform/pages.ts'
import { Answer, route, tagged } from '#platform/route.ts'
import { enroll, stopEnrollment } from '#sequences/enrollments/actions.ts'
import { findEnrollment, listEnrollments } from '#sequences/enrollments/queries.ts'
import { Enrollment, EnrollmentId, enrollmentExample, Narrowed } from '#sequences/enrollments/schema.ts'
import { SequenceId } from '#sequences/schema.ts'

const OneEnrollment = { enrollment: Enrollment }
const one = (enrollment: Enrollment) => ({ enrollment })

export const enrollmentRoutes = tagged('Sequences', [
  route(
    'enrollLeads',
    'POST /sequences/{id}/enroll',
    {
      permission: 'sequences:write',
      summary: 'Put every lead that fits into a sequence',
      description:
        'In the background, oldest lead first; the filters are those of `GET /leads`. Who is in it already stays where they are.',
      params: SequenceId,
      body: Type.Object({ filters: Narrowed }),
      bodyExample: { filters: enrollmentExample.filters },
      answer: OneEnrollment,
      status: 201,
      example: one({ ...enrollmentExample, seen: 0, started: 0 }),
    },
    async ({ scope, params, body }) =>
      one(await enroll(scope, { sequenceId: params.id, filters: body.filters, now: new Date() })),
  ),
  route(
    'listEnrollments',
    'GET /sequences/{id}/enrollments',
    {
      permission: 'sequences:read',
      summary: 'The enrollments of a sequence, newest first',
      params: SequenceId,
      query: Type.Object({ ...Paging }),
      answer: { data: Type.Array(Enrollment), meta: Meta },
      example: {
        data: [enrollmentExample],
        meta: { total: 1, per_page: 50, current_page: 1, last_page: 1, has_more: false },
      },
    },
    async ({ scope, params, query, url }) => {
      const { data, meta } = await listEnrollments(scope, params.id, query)
      return new Answer({ data, meta }, { headers: linksOf(url, meta) })
    },
  ),
  route(
    'getEnrollment',
    'GET /sequences/{id}/enrollments/{enrollment_id}',
    {
      permission: 'sequences:read',
      summary: 'How far an enrollment is',
      params: EnrollmentId,
      answer: OneEnrollment,
      example: one(enrollmentExample),
    },
    async ({ scope, params }) => one(await findEnrollment(scope, params.id, params.enrollment_id)),
  ),
  route(
    'stopEnrollment',
    'DELETE /sequences/{id}/enrollments/{enrollment_id}',
    {
      permission: 'sequences:write',
      summary: 'Stop an enrollment on its way',
      description:
        'Runs that have begun go on: `started` says how many. One that is over already stays as it is.',
      params: EnrollmentId,
      answer: OneEnrollment,
      example: one({
        ...enrollmentExample,
        status: 'stopped',
        finished_at: '2026-06-30T10:00:09.000Z' as unknown as Date,
      }),
    },
    async ({ scope, params }) => {
      const stop = { sequenceId: params.id, id: params.enrollment_id, now: new Date() }
      return one(await stopEnrollment(scope, stop))
    },
  ),
])
