import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { settled, startBrowser } from './harness.ts'
import { startTour } from './tour.ts'

// npm run pictures: the README's four, of a whole demo company. With a folder in FUNIL_TOUR: every screen, on a desk
// and a phone, by day and by night, in each language.
const folder = process.env.FUNIL_TOUR
const { app, cookie, stops } = await startTour({ leads: 500 })
const { visit } = await startBrowser(app)
const shown = ['board', 'conversation', 'lead', 'reports-outcomes']

async function take(page: Page, names: string[] | null, into: string) {
  mkdirSync(into, { recursive: true })
  for (const [name, path] of stops) {
    if (names && !names.includes(name)) continue
    await page.goto(path)
    await settled(page)
    await page.waitForLoadState('networkidle')
    await page.screenshot({ path: resolve(into, `${name}.png`) })
  }
}

test('the four of the README', () =>
  visit({ cookie }, (page) => take(page, shown, resolve(import.meta.dirname, '../../docs/pictures'))))

for (const locale of folder ? ['pt-BR', 'en', 'es'] : []) {
  for (const isPhone of [false, true]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const form = [locale, isPhone ? 'phone' : 'desktop', colorScheme].join('-')
      test(form, () =>
        visit({ cookie, locale, isPhone, colorScheme }, (page) => take(page, null, resolve(folder!, form))),
      )
    }
  }
}
