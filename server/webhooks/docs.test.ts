import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { newSecret, signatureHeaders } from '#webhooks/sign.ts'

const guide = readFileSync(resolve(import.meta.dirname, '../../docs/webhooks.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'funil-snippets-'))
after(() => rmSync(folder, { recursive: true, force: true }))

type Case = { body: string; headers: Record<string, string>; secret: string; is: [boolean, boolean] }
const cases = everyCase()

function everyCase(): Case[] {
  const secret = newSecret()
  const [old, own] = [newSecret(), 'um segredo só nosso']
  const body = JSON.stringify({ id: 9001, data: { name: 'João 🙂' } })
  const now = new Date()
  const headers = signatureHeaders([secret], { id: '9001', body, at: now })
  const rotating = signatureHeaders([secret, old], { id: '9001', body, at: now })
  const stale = signatureHeaders([secret], { id: '9001', body, at: new Date(Date.now() - 301_000) })
  const early = signatureHeaders([secret], { id: '9001', body, at: new Date(Date.now() + 400_000) })
  const yes: [boolean, boolean] = [true, true]
  const no: [boolean, boolean] = [false, false]
  return [
    { body, headers, secret, is: yes },
    { body, headers: signatureHeaders([own], { id: '9001', body, at: now }), secret: own, is: yes },
    { body, headers: rotating, secret, is: yes },
    { body, headers: rotating, secret: old, is: yes },
    { body: body.replace('João', 'Joao'), headers, secret, is: no },
    { body, headers, secret: newSecret(), is: no },
    { body, headers: {}, secret, is: no },
    { body, headers: stale, secret, is: [false, true] },
    { body, headers: early, secret, is: [false, true] },
    { body, headers: { ...headers, 'webhook-id': '9002' }, secret, is: [false, true] },
    { body, headers: { ...headers, 'webhook-timestamp': 'soon' }, secret, is: [false, true] },
  ]
}

const languages = {
  ts: {
    command: process.execPath,
    file: 'verify.ts',
    main: `
import { readFileSync } from 'node:fs'
const cases = JSON.parse(readFileSync(0, 'utf8'))
console.log(JSON.stringify(cases.map((c) => [verifyStandard(c.body, c.headers, c.secret), verifyPlain(c.body, c.headers, c.secret)])))`,
  },
  python: {
    command: 'python3',
    file: 'verify.py',
    main: `
import json, sys
print(json.dumps([[verify_standard(c["body"].encode(), c["headers"], c["secret"]), verify_plain(c["body"].encode(), c["headers"], c["secret"])] for c in json.load(sys.stdin)]))`,
  },
  php: {
    command: 'php',
    file: 'verify.php',
    main: `
$cases = json_decode(file_get_contents('php://stdin'), true);
echo json_encode(array_map(fn($c) => [verify_standard($c['body'], $c['headers'], $c['secret']), verify_plain($c['body'], $c['headers'], $c['secret'])], $cases));`,
  },
}

for (const [language, { command, file, main }] of Object.entries(languages)) {
  const isHere = spawnSync(command, ['--version']).status === 0
  const skip = isHere ? false : `${command} is not on this machine`
  test(`the guide’s ${language} takes what is ours and nothing else`, { skip }, () => {
    const snippet = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(guide)![1]!
    const path = join(folder, file)
    writeFileSync(path, `${snippet}\n${main}\n`)
    const env = { ...process.env, NODE_OPTIONS: '' }
    const { stdout, stderr } = spawnSync(command, [path], { input: JSON.stringify(cases), env })
    assert.equal(String(stderr), '')
    assert.deepEqual(
      JSON.parse(String(stdout)),
      cases.map((each) => each.is),
    )
  })
}

test('the guide has a snippet for each', () => {
  for (const language of Object.keys(languages)) assert.ok(guide.includes(`\`\`\`${language}\n`), language)
})
