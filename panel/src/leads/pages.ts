import type { AnswerOf, Input } from '../api/call.ts'
import { look } from '../api/look.ts'
import { pageSize, usePages } from '../parts/pages.ts'

export type Lead = AnswerOf<'GET /leads'>['data'][number]
export type LeadQuery = NonNullable<Input<'GET /leads'>['query']>

export const useLeadPages = (query: LeadQuery, sight: { first: number; last: number }) =>
  usePages<Lead, AnswerOf<'GET /leads'>>(
    (page) => look('GET /leads', { query: { ...query, page, per_page: pageSize } }),
    sight,
  )
