import type { AnswerOf } from '../../api/call.ts'
import { client } from '../../api/look.ts'
import { showLead } from '../../leads/lead-cache.ts'
import type { Lead } from '../../leads/pages.ts'

type Page = AnswerOf<'GET /leads'>
type Question = { query?: { stage_id?: number; page?: number } }

/** Shows a lead in its new stage before the server has answered. */
export function showMoved(lead: Lead, to: Pick<Lead['stage'], 'id' | 'name'> & Pick<Lead, 'status'>) {
  const place = {
    stage_id: to.id,
    stage: { id: to.id, name: to.name },
    status: to.status,
    stage_changed_at: new Date().toISOString(),
  }
  for (const { queryKey } of client.getQueryCache().findAll({ queryKey: ['leads', 'GET /leads'] })) {
    const { query = {} } = queryKey[2] as Question
    if (query.stage_id === lead.stage_id) change<Page>(queryKey, (page) => without(page, lead))
    if (query.stage_id === to.id)
      change<Page>(queryKey, (page) => withFirst(page, { ...lead, ...place }, query.page === 1))
  }
  showLead(lead.id, place)
}

/** Nothing is invented where nothing was known. */
const change = <A>(key: readonly unknown[], changed: (answer: A) => A) =>
  client.setQueryData<A>(key, (answer) => answer && changed(answer))

const without = (page: Page, lead: Lead): Page => ({
  ...page,
  data: page.data.filter(({ id }) => id !== lead.id),
  meta: { ...page.meta, total: page.meta.total - 1 },
})

const withFirst = (page: Page, lead: Lead, isFirst: boolean): Page => ({
  ...page,
  data: isFirst ? [lead, ...page.data] : page.data,
  meta: { ...page.meta, total: page.meta.total + 1 },
})
