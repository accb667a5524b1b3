import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { startS3 } from '../../test/s3-simulator.ts'
import { createFiles, WrongFile } from './files.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'funil-files-'))
const s3 = await startS3()
after(() => {
  s3.close()
  rmSync(dataDir, { recursive: true })
})
async function* bytesOf(...parts: string[]) {
  for (const part of parts) yield Buffer.from(part)
}
const drafts = () => readdirSync(join(dataDir, 'drafts'))

for (const [place, files] of [
  ['a folder', createFiles({ dataDir, s3: null })],
  ['a bucket', createFiles({ dataDir, s3: s3.settings })],
] as const) {
  test(`in ${place} a file is kept, read whole or in part, replaced and removed`, async () => {
    const { size_bytes, sha256 } = await files.put('1/2', bytesOf('bom ', 'dia'), null)
    assert.equal(size_bytes, 7)
    assert.equal((await buffer((await files.open('1/2'))!)).toString(), 'bom dia')
    assert.equal((await buffer((await files.open('1/2', { start: 1, end: 3 }))!)).toString(), 'om ')
    await files.put('1/2', bytesOf('bom dia'), sha256)
    await files.delete('1/2')
    await files.delete('1/2')
    assert.equal(await files.open('1/2'), null)
    assert.deepEqual([drafts(), s3.refused], [[], []])
  })

  test(`in ${place} what breaks off or is not what was promised leaves nothing`, async () => {
    async function* broken() {
      yield Buffer.from('meio')
      throw new Error('cut off')
    }
    await assert.rejects(files.put('1/3', broken(), null), /cut off/)
    await assert.rejects(files.put('1/3', bytesOf('outra coisa'), 'a'.repeat(64)), WrongFile)
    assert.equal(await files.open('1/3'), null)
    assert.deepEqual(drafts(), [])
  })
}

test('a key is two numbers, whatever a stranger would like it to be', async () => {
  const files = createFiles({ dataDir, s3: null })
  for (const key of ['../secret', '1/../../secret', '1', '1/2/3', '1/a', '/1/2', ''])
    await assert.rejects(async () => files.open(key), /no key/, key)
})

test('a bucket whose secret is another refuses, and says so', async () => {
  const files = createFiles({ dataDir, s3: { ...s3.settings, secretAccessKey: 'wrong' } })
  await assert.rejects(files.put('1/2', bytesOf('x'), null), /The bucket answered PUT with 403/)
  assert.deepEqual([drafts(), s3.kept.size], [[], 0])
})

test('what was begun and never finished goes after a day', async () => {
  const files = createFiles({ dataDir, s3: null })
  const [old, young] = ['old', 'young'].map((name) => join(dataDir, 'drafts', name)) as [string, string]
  for (const path of [old, young]) writeFileSync(path, 'x')
  utimesSync(old, 0, 0)
  await files.tidy()
  assert.deepEqual(drafts(), ['young'])
})
