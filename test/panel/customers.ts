import type { Page } from 'playwright-core'
import { makeCompany } from '#demo/make.ts'
import type { Scope } from '#platform/scope.ts'
import { startApp, tester } from '../harness.ts'
import { browserOf, cookieOf, newPerson } from '../people.ts'
import { request } from '../request.ts'
import { until } from '../whatsapp/until.ts'
import { startBrowser } from './harness.ts'

type Said = { name: string; phone?: string; text: string; kind?: string; ad?: object }

/** The demo company with its workers, two of its people, and customers who write to its simulated number. */
export async function startInbox() {
  const app = await startApp({ workers: true })
  const { signInToken, account } = await makeCompany(app.database.db, { leads: 30 })
  const { visit } = await startBrowser(app)
  const cookie = cookieOf(
    await request(app.url, 'POST', '/api/v1/session/link', { body: { token: signInToken } }),
  )
  const helena = browserOf(app.url, cookie)
  const scope: Scope = { accountId: account.id, actor: tester, db: app.database.db, requestId: null }
  const bia = await newPerson(app.url, scope, 'manager', 'bia@soldaserra.example')
  let phones = 0

  const sandbox = async (): Promise<number> => (await helena.get('/whatsapp/instances')).body.data[0].id
  /** A customer writes, and the conversation is there. */
  async function writes(said: Said) {
    const phone = said.phone ?? `+55119${String(91_000_000 + ++phones)}`
    await helena.post(`/whatsapp/instances/${await sandbox()}/sandbox/messages`, { ...said, phone })
    const conversation = await until(`${said.name} was heard`, async () => {
      const { data } = (await helena.get(`/conversations?q=${encodeURIComponent(phone)}`)).body
      const [found] = data as { id: number; lead_id: number; last_message: { text: string } }[]
      return found?.last_message.text === said.text && found
    })
    return { ...conversation, phone }
  }
  const behave = async (settings: object) =>
    helena.put(`/whatsapp/instances/${await sandbox()}/sandbox`, settings)
  return { app, visit, cookie, helena, bia, sandbox, writes, behave }
}

export const talkWith = (page: Page, name: string) => page.getByRole('log', { name: `Conversa com ${name}` })
export const composer = (page: Page) => page.getByLabel('Escreva uma mensagem')
/** The sign of how far a message of ours has come. */
export const mark = (page: Page, name: string, text: string, state: string) =>
  talkWith(page, name)
    .getByRole('listitem')
    .filter({ hasText: text })
    .getByRole('img', { name: state, exact: true })
