import { makeCompany } from '#demo/make.ts'
import { type App, startApp } from '../harness.ts'
import { browserOf, cookieOf } from '../people.ts'
import { request } from '../request.ts'

/** A name for its picture, and where it is. */
export type Stop = readonly [name: string, path: string]

/** The demo company, and each of its screens as somebody meets it who goes through all of them. */
export async function startTour({ leads }: { leads: number }) {
  const app = await startApp()
  const { signInToken } = await makeCompany(app.database.db, { leads })
  const link = { body: { token: signInToken } }
  const cookie = cookieOf(await request(app.url, 'POST', '/api/v1/session/link', link))
  return { app, cookie, stops: await stopsOf(app, cookie) }
}

async function stopsOf(app: App, cookie: string): Promise<Stop[]> {
  const admin = browserOf(app.url, cookie)
  await admin.post('/api-keys', { name: 'n8n', scopes: ['leads:read', 'leads:write', 'tasks:read'] })
  const events = ['lead.created', 'lead.won', 'message.received']
  await admin.post('/webhooks', { target_url: 'https://example.com/funil', events })
  const first = async (path: string) => (await admin.get(path)).body.data[0].id as number
  const { pipelines } = (await admin.get('/pipelines')).body
  const [talk] = (await admin.get('/conversations')).body.data
  const sequence = await first('/sequences')
  return [
    ['start', '/start'],
    ['board', '/'],
    ['board-companies', `/pipelines/${pipelines[1].id}`],
    ['leads', '/leads'],
    ['leads-filtered', '/leads?status=won'],
    ['lead', `/leads/${talk.lead_id}`],
    ['inbox', '/inbox'],
    ['conversation', `/inbox/${talk.id}`],
    ...['today', 'overdue', 'upcoming', 'done'].map(
      (view) => [`tasks-${view}`, `/tasks/${view}?who=all`] as const,
    ),
    ['calendar', '/tasks/calendar?who=all'],
    ...['funnel', 'outcomes', 'sources', 'activity'].map(
      (kind) => [`reports-${kind}`, `/reports/${kind}?days=90`] as const,
    ),
    ['settings', '/settings'],
    ...sections.map((section) => [`settings-${section}`, `/settings/${section}`] as const),
    ['settings-pipeline', `/settings/pipelines/${pipelines[0].id}`],
    ['settings-number', `/settings/whatsapp/${await first('/whatsapp/instances')}`],
    ['settings-sequence', `/settings/sequences/${sequence}`],
    ['settings-sequence-runs', `/settings/sequences/${sequence}?view=runs`],
    ['settings-webhook', `/settings/webhooks/${await first('/webhooks')}`],
    ['nowhere', '/nowhere'],
  ]
}

const sections = [
  'pipelines',
  'fields',
  'lost-reasons',
  'tags',
  'whatsapp',
  'templates',
  'sequences',
  'company',
  'people',
  'plan',
  'api-keys',
  'webhooks',
  'log',
  'profile',
]
