import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { after } from 'node:test'
import axe, { type AxeResults } from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'
import { openChromium } from './chromium.ts'

type Visit = {
  /** As `newPerson` gives it, `funil_session=…`; nobody is signed in without. */
  cookie?: string
  isPhone?: boolean
  locale?: string
  colorScheme?: 'light' | 'dark'
  /** What the browser will complain about, because the story is about that. */
  expects?: RegExp
}
type App = { url: string }

const desktop = { width: 1280, height: 800 }
const phone = { width: 390, height: 844 }

/** A browser for one test file. Call it outside of hooks: `const { visit } = await startBrowser(app)`. */
export async function startBrowser(app: App) {
  const browser = await openChromium()
  after(() => browser.close())
  return {
    /** A person with a window of their own; nothing that a browser complains about goes unnoticed. */
    async visit(wanted: Visit, story: (page: Page) => Promise<void>) {
      const { isPhone = false, locale = 'pt-BR', colorScheme = 'light' } = wanted
      const context = await browser.newContext({
        baseURL: app.url,
        viewport: isPhone ? phone : desktop,
        hasTouch: isPhone,
        locale,
        colorScheme,
        reducedMotion: 'reduce',
        timezoneId: 'America/Sao_Paulo',
      })
      context.setDefaultTimeout(30_000)
      if (wanted.cookie) await signIn(context, app, wanted.cookie)
      const page = await context.newPage()
      const troubles = watch(page, app)
      try {
        await story(page)
      } finally {
        await context.close()
      }
      const surprises = troubles.filter((trouble) => !wanted.expects?.test(trouble))
      assert.deepEqual(surprises, [], 'the browser complained')
    },
  }
}

function signIn(context: BrowserContext, { url }: App, cookie: string) {
  const [name, value] = cookie.split('=') as [string, string]
  return context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }])
}

/** Console errors (broken content policies among them), what was thrown, and requests to anybody else. */
function watch(page: Page, { url }: App) {
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(`thrown: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !isRefusal(message.text()))
      troubles.push(`console: ${message.text()} ${message.location().url}`)
  })
  page.on('request', (request) => {
    const address = request.url()
    if (!address.startsWith(`${url}/`) && !/^(data|blob):/.test(address)) troubles.push(`asked ${address}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 500) troubles.push(`${response.status()} of ${response.url()}`)
  })
  return troubles
}

// A browser logs every answer that is no success; these two are how the API says no to a person.
const isRefusal = (text: string) => /status of (401|422)\b/.test(text)

/** The screen stands: its heading is there, and nothing on it is still on its way. */
export const settled = (page: Page, title?: string) =>
  page.locator('#main:not(:has(.waiting)) h1', title ? { hasText: title } : {}).waitFor()

// What floats above the page for a moment, a menu or a list of options, is part of no landmark.
const aboutFloating = `{ id: 'region', selector: 'body *:not([data-portal], [data-portal] *)' }`

/** No barrier on the page as it stands; say which state this is. */
export async function isAccessible(page: Page, state: string) {
  await page.evaluate(`${axe.source}; axe.configure({ rules: [${aboutFloating}] })`)
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, { resultTypes: ['violations'] })`)
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`),
  }))
  assert.deepEqual(found, [], state)
}

/** With FUNIL_SCREENSHOTS=folder: the page in light and dark, on a desktop and a phone. */
export async function photograph(page: Page, name: string) {
  const folder = process.env.FUNIL_SCREENSHOTS
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  const before = page.viewportSize()!
  for (const [size, viewport] of Object.entries({ desktop, phone })) {
    await page.setViewportSize(viewport)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: resolve(folder, `${name}-${size}-${colorScheme}.png`) })
    }
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(before)
}
