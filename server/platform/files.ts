import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type S3, s3Shelf } from '#platform/s3.ts'
import { diskShelf, type Range, type Written } from '#platform/shelf.ts'

export type Files = {
  /** Whole or not at all, and only if it is what `sha256` says. */
  put(key: string, bytes: AsyncIterable<Buffer>, sha256: string | null): Promise<Written>
  /** Null when it is not there. */
  open(key: string, range?: Range): Promise<Readable | null>
  delete(key: string): Promise<void>
  /** Removes what was begun and never finished. */
  tidy(): Promise<void>
  close(): Promise<void>
}
export class WrongFile extends Error {}

const oldestDraftMs = 24 * 60 * 60 * 1000

/** What people sent, as files: in a folder, or in a bucket where the operator has one. */
export function createFiles({ dataDir, s3 }: { dataDir: string; s3: S3 | null }): Files {
  const drafts = join(dataDir, 'drafts')
  const shelf = s3 ? s3Shelf(s3) : diskShelf(join(dataDir, 'media'))
  return {
    async put(key, bytes, sha256) {
      const draft = join(drafts, randomUUID())
      await mkdir(drafts, { recursive: true, mode: 0o700 })
      try {
        const written = await write(draft, bytes)
        if (sha256 !== null && sha256 !== written.sha256)
          throw new WrongFile('These are not the bytes that were promised.')
        await shelf.take(draft, checked(key), written)
        return written
      } finally {
        await rm(draft, { force: true })
      }
    },
    open: (key, range) => shelf.open(checked(key), range),
    delete: (key) => shelf.delete(checked(key)),
    async tidy() {
      for (const name of await readdir(drafts).catch(() => [])) {
        const draft = join(drafts, name)
        const seen = await stat(draft).catch(() => null)
        if (seen && seen.mtimeMs < Date.now() - oldestDraftMs) await rm(draft, { force: true })
      }
    },
    close: () => shelf.close(),
  }
}

/** `account/record`: numbers of ours, never a word of a stranger's. */
function checked(key: string) {
  if (!/^\d+\/\d+$/.test(key)) throw new Error(`${key} is no key of a file.`)
  return key
}

async function write(path: string, bytes: AsyncIterable<Buffer>): Promise<Written> {
  const hash = createHash('sha256')
  let size_bytes = 0
  async function* measured() {
    for await (const chunk of bytes) {
      hash.update(chunk)
      size_bytes += chunk.length
      yield chunk
    }
  }
  // Flushed: a row must not say that a file is kept which a power cut takes away.
  await pipeline(measured, createWriteStream(path, { mode: 0o600, flush: true }))
  return { size_bytes, sha256: hash.digest('hex') }
}
