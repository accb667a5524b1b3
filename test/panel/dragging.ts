import type { Page } from 'playwright-core'

/** What is held listens to the arrows only from the next turn of the page's own clock on. */
export const hearsKeys = (page: Page) => page.evaluate('new Promise((go) => setTimeout(go, 20))')
