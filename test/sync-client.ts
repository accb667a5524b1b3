import { setTimeout as sleep } from 'node:timers/promises'

type Row = { id: number } & Record<string, unknown>
type Page = { data: Row[]; deleted: { id: number }[]; meta: { next_cursor: string | null } }

/** A copy of an account's leads that follows the recipe of docs/sync.md, and nothing else. */
export function syncClient(baseUrl: () => string, key: string, perPage: number) {
  const leads = new Map<number, Row>()
  let watermark: string | null = null

  /** One run: every page, then the first page's watermark is where the next run begins. */
  async function sync() {
    const query = {
      with_deleted: '1',
      per_page: String(perPage),
      ...(watermark ? { updated_since: watermark } : {}),
    }
    let cursor: string | null = ''
    let next: string | null = null
    let pages = 0
    while (cursor !== null) {
      const { page, header } = await read(new URLSearchParams({ ...query, cursor }))
      next ??= header
      for (const lead of page.data) leads.set(lead.id, lead)
      for (const { id } of page.deleted) leads.delete(id)
      cursor = page.meta.next_cursor
      pages++
    }
    watermark = next
    return pages
  }

  /** The same page again until it is there: pages can be read twice. */
  async function read(query: URLSearchParams): Promise<{ page: Page; header: string | null }> {
    for (let attempt = 0; attempt < 600; attempt++) {
      try {
        const answer = await fetch(`${baseUrl()}/api/v1/leads?${query}`, { headers: { 'x-api-key': key } })
        if (answer.ok)
          return { page: (await answer.json()) as Page, header: answer.headers.get('x-sync-watermark') }
        if (answer.status < 500 && answer.status !== 429) throw new Error(await answer.text())
      } catch (error) {
        if (!(error instanceof TypeError)) throw error
      }
      await sleep(100)
    }
    throw new Error('The server did not come back.')
  }

  return { leads, sync }
}
