import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isAccessible, photograph, settled, startBrowser } from './harness.ts'
import { startTour } from './tour.ts'

const { app, cookie, stops } = await startTour({ leads: 60 })
const { visit } = await startBrowser(app)

test('every screen, by day on a desk, meets nobody with a barrier', () =>
  visit({ cookie }, async (page) => {
    for (const [name, path] of stops) {
      await page.goto(path)
      await settled(page)
      await isAccessible(page, name)
      await photograph(page, name)
    }
  }))

test('every screen, by night on a phone in Spanish, meets nobody with a barrier, and is no wider than the window', () =>
  visit({ cookie, isPhone: true, locale: 'es', colorScheme: 'dark' }, async (page) => {
    for (const [name, path] of stops) {
      await page.goto(path)
      await settled(page)
      const width = await page.evaluate<number>('document.documentElement.scrollWidth')
      assert.ok(width <= 390, `${name} is ${width} wide`)
      await isAccessible(page, `${name}, by night on a phone`)
    }
  }))
