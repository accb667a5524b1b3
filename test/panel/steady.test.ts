import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page, Request, Route } from 'playwright-core'
import { until } from '../whatsapp/until.ts'
import { settled, startBrowser } from './harness.ts'
import { startTour } from './tour.ts'

const { app, cookie, stops } = await startTour({ leads: 60 })
const { visit } = await startBrowser(app)

for (const isPhone of [false, true])
  test(`no screen jumps while it loads, ${isPhone ? 'on a phone' : 'on a desk'}`, () =>
    visit({ cookie, isPhone }, async (page) => {
      await page.addInitScript(noteShifts)
      const quiet = listen(page)
      await page.route('**/api/v1/**', late)
      const jumps = []
      for (const [name, path] of stops) {
        await page.goto(path)
        await settled(page)
        await quiet()
        const [moved, what] = await shiftsOf(page)
        if (moved > mostMoved) jumps.push([name, moved, what])
      }
      assert.deepEqual(jumps, [])
    }))

/** Cumulative layout shift: what moved, by the share of the window that it took and how far. Up to 0.1 is called good. */
const mostMoved = 0.05

/** As on a slow line: what is asked at the same time is answered one after another. */
let nextMs = 0
async function late(route: Route) {
  nextMs = (nextMs + 70) % 350
  await new Promise((done) => setTimeout(done, 50 + nextMs))
  await route.continue()
}

/** Waits until nothing is on its way any more, but for the stream that never ends. */
function listen(page: Page) {
  const open = new Set<Request>()
  let last = 0
  page.on('request', (request) => request.url().endsWith('/stream') || open.add(request))
  function end(request: Request) {
    open.delete(request)
    last = Date.now()
  }
  page.on('requestfinished', end)
  page.on('requestfailed', end)
  return () =>
    until('nothing was on its way', async () => open.size === 0 && Date.now() - last > whileDrawnMs)
}
/** What has come is drawn, and may ask for more. */
const whileDrawnMs = 150

/** Runs in the page, before anything of it. */
const noteShifts = `
  window.shifts = []
  const rect = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ')
  const told = ({ node, previousRect, currentRect }) =>
    rect(previousRect) + ' → ' + rect(currentRect) + ': ' + (node?.outerHTML ?? node?.textContent ?? '').slice(0, 120)
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries())
      window.shifts.push([value, sources.map(told)])
  }).observe({ type: 'layout-shift', buffered: true })`

async function shiftsOf(page: Page): Promise<[number, unknown]> {
  const shifts = await page.evaluate<[number, string[]][]>('window.shifts')
  return [shifts.reduce((sum, [value]) => sum + value, 0), shifts]
}
