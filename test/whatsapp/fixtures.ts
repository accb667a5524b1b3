import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'

const folder = resolve(import.meta.dirname, 'fixtures')

/** Every name in them is invented; what each one proves stands in its manifest. */
// biome-ignore lint/suspicious/noExplicitAny: a fixture has the shape that a test says it has
export const fixture = (file: string): any => JSON.parse(readFileSync(resolve(folder, file), 'utf8'))
export const fixtureBytes = (file: string) => Buffer.from(JSON.stringify(fixture(file)))

type Entry = { file: string; kind: string; note: string }
export const manifest: Entry[] = fixture('MANIFEST.json').files

/** One test for each fixture of a folder, and none without one. */
export function testEach(prefix: string, meanings: Record<string, () => void | Promise<void>>) {
  const listed = manifest.filter(({ file }) => file.startsWith(prefix))
  test(`every fixture of ${prefix} has its meaning`, () => {
    assert.deepEqual(Object.keys(meanings).sort(), listed.map(({ file }) => nameOf(file)).sort())
  })
  for (const { file, note } of listed) {
    test(`${nameOf(file)}: ${note}`, () => meanings[nameOf(file)]?.())
  }
}

const nameOf = (file: string) =>
  file
    .split('/')
    .at(-1)!
    .replace(/\.json$/, '')
