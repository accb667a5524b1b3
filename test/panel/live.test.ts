import { test } from 'node:test'
import { startApp } from '../harness.ts'
import { newPerson } from '../people.ts'
import { settled, startBrowser } from './harness.ts'

const app = await startApp()
const acme = await app.newAccount()
const ana = await newPerson(app.url, acme.scope, 'manager')
const bia = await newPerson(app.url, acme.scope, 'viewer')
const { visit } = await startBrowser(app)

test('what a colleague does appears by itself, in every window of the account', () =>
  visit({ cookie: ana.cookie }, (hers) =>
    visit({ cookie: bia.cookie }, async (theirs) => {
      for (const page of [hers, theirs]) {
        const listening = page.waitForResponse('**/api/v1/stream')
        await page.goto('/leads')
        await listening
        await settled(page, 'Leads')
      }
      await acme.post('/leads', { name: 'Chegou Agora' })
      for (const page of [hers, theirs]) await page.getByRole('link', { name: 'Chegou Agora' }).waitFor()
    }),
  ))
