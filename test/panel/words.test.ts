import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messages } from '#platform/messages.ts'
import { outcomes, runStatuses, stepReasons } from '#sequences/states.ts'
import { en } from '../../panel/src/words/en.ts'
import { es } from '../../panel/src/words/es.ts'
import { plural } from '../../panel/src/words/plural.ts'
import { ptBR } from '../../panel/src/words/pt-BR.ts'

type Tree = { [key: string]: string | ((...given: never[]) => string) | Tree }

/** `leads.title` and what it says; a function says what it makes of 2. */
function said(tree: Tree, path = ''): [path: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const here = path ? `${path}.${key}` : key
    if (typeof value === 'object') return said(value, here)
    return [[here, typeof value === 'function' ? String((value as (n: number) => string)(2)) : value]]
  })
}

test('the three languages say the same things, and none of them nothing', () => {
  const portuguese = said(ptBR)
  for (const [language, words] of Object.entries({ en, es })) {
    const here = said(words)
    assert.deepEqual(here.map(([path]) => path).sort(), portuguese.map(([path]) => path).sort(), language)
    assert.deepEqual(
      here.filter(([, text]) => text.trim() === ''),
      [],
      language,
    )
  }
})

test('no sentence was left in Portuguese', () => {
  const portuguese = new Map(said(ptBR))
  for (const [language, words] of Object.entries({ en, es })) {
    const same = said(words).filter(
      ([path, text]) => portuguese.get(path) === text && text.split(' ').length > 2,
    )
    assert.deepEqual(same, [], language)
  }
})

test('a count is one or many, with the language’s own figures', () => {
  const count = plural('pt-BR', { one: '{n} lead', other: '{n} leads' })
  assert.deepEqual([0, 1, 2, 1234].map(count), ['0 leads', '1 lead', '2 leads', '1.234 leads'])
})

test('whatever a rule or WhatsApp refuses with is told in words, in each language', () => {
  for (const { failures, reasons, settings } of [ptBR, en, es]) {
    assert.deepEqual(Object.keys(failures.rules).sort(), Object.keys(messages.rules).sort())
    assert.deepEqual(Object.keys(failures.skipped).sort(), Object.keys(messages.notSent).sort())
    assert.deepEqual(Object.keys(reasons).sort(), Object.keys(messages.whatsappFailures).sort())
    const { statusReasons } = settings.whatsapp
    assert.deepEqual(Object.keys(statusReasons).sort(), Object.keys(messages.instanceReasons).sort())
  }
})

test('Spanish speaks to people as one speaks to customers', () => {
  const familiar = /(?<!\p{L})(t[uú]|tus|ti|contigo|puedes|tienes|quieres|vuelves|estás|usas|haz)(?!\p{L})/iu
  const found = said(es).filter(([, text]) => familiar.test(text))
  assert.deepEqual(found, [])
})

test('whatever a sequence leaves out, does, or ends for is told in words, and nothing that it never says', () => {
  const { reasons, outcomes: came, statuses, ended } = ptBR.settings.runs
  assert.deepEqual(Object.keys(reasons).sort(), [...stepReasons].sort())
  assert.deepEqual(Object.keys(came).sort(), [...outcomes].sort())
  assert.deepEqual(Object.keys(statuses).sort(), [...runStatuses, 'finished'].sort())
  assert.deepEqual(Object.keys(ended).sort(), runStatuses.slice(1).toSorted())
  assert.deepEqual(
    Object.keys(messages.notSent).filter((reason) => !(reason in reasons)),
    [],
  )
})
