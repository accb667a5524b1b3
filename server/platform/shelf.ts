import { createReadStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'

/** Where files stand for good. */
export type Shelf = {
  /** Takes the draft under this key, in place of whatever stood there. */
  take(draft: string, key: string, written: Written): Promise<void>
  open(key: string, range?: Range): Promise<Readable | null>
  delete(key: string): Promise<void>
  close(): Promise<void>
}
export type Written = { size_bytes: number; sha256: string }
/** Both ends included. */
export type Range = { start: number; end: number }

export function diskShelf(folder: string): Shelf {
  return {
    async take(draft, key) {
      const path = join(folder, key)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await rename(draft, path)
    },
    async open(key, range = { start: 0, end: Number.POSITIVE_INFINITY }) {
      const file = createReadStream(join(folder, key), range)
      return new Promise((resolve, reject) => {
        file.once('ready', () => resolve(file))
        file.once('error', (error: NodeJS.ErrnoException) =>
          error.code === 'ENOENT' ? resolve(null) : reject(error),
        )
      })
    },
    delete: (key) => rm(join(folder, key), { force: true }),
    close: async () => {},
  }
}
