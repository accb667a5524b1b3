import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fillTemplate, readTemplate, templateText } from '#whatsapp/cloud-api/templates.ts'
import { fixture } from '../../../test/whatsapp/fixtures.ts'

const listed = fixture('cloud_api/rest/templates_list_page1.json').response.body.data
const named = (name: string) => readTemplate(listed.find((each: { name: string }) => each.name === name))!
const names = (name: string) => named(name).variables.map((variable) => variable.name)

test('a template knows its variables, in the order in which they are given', () => {
  assert.deepEqual(names('pedido_enviado'), ['1', '2', 'button_0'])
  assert.deepEqual(names('lembrete_agendamento'), ['loja', 'nome', 'data'])
  assert.deepEqual(names('promo_inverno'), ['header_image', '1'])
  assert.deepEqual(names('boas_vindas'), [])
})

test('what is missing is named, and a blank is missing too', () => {
  const missing = (values: string[] | Record<string, string>, name = 'pedido_enviado') => {
    const filled = fillTemplate(named(name), values)
    return 'missing' in filled ? filled : null
  }
  assert.deepEqual(missing([]), { missing: ['1', '2', 'button_0'], tooMany: false })
  assert.deepEqual(missing(['Ana', ' \n']), { missing: ['2', 'button_0'], tooMany: false })
  assert.deepEqual(missing({ nome: 'Ana' }, 'lembrete_agendamento')?.missing, ['loja', 'data'])
  assert.deepEqual(missing(['a', 'b', 'c', 'd']), { missing: [], tooMany: true })
  assert.equal(missing(['a', 'b', 'c']), null)
  assert.deepEqual(missing({ constructor: 'x' })?.missing, ['1', '2', 'button_0'])
})

test('line breaks, tabs and many spaces become one space, for Meta refuses them', () => {
  const filled = fillTemplate(named('pedido_enviado'), [' Ana\n\nSouza ', '12\t34', 'a      b'])
  assert.ok('components' in filled)
  assert.deepEqual(filled.components, [
    {
      type: 'body',
      parameters: [
        { type: 'text', text: 'Ana Souza' },
        { type: 'text', text: '12 34' },
      ],
    },
    { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'a b' }] },
  ])
})

test('numbers count in their order, however the text has them; a code to copy is a variable', () => {
  const template = readTemplate({
    name: 'x',
    language: 'pt_BR',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Para {{1}}' },
      { type: 'BODY', text: '{{2}} e {{1}}, {{10}} e {{2}}' },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Sim' }, { type: 'COPY_CODE' }] },
    ],
  })!
  assert.deepEqual(
    template.variables.map(({ name }) => name),
    ['header_1', '1', '2', '10', 'button_1'],
  )
  const values = ['loja', 'um', 'dois', 'dez', 'CUPOM']
  assert.equal(templateText(template, values), 'dois e um, dez e dois')
  const filled = fillTemplate(template, values)
  assert.ok('components' in filled)
  assert.deepEqual(filled.components.at(-1), {
    type: 'button',
    sub_type: 'copy_code',
    index: '1',
    parameters: [{ type: 'coupon_code', coupon_code: 'CUPOM' }],
  })
})

test('what the customer reads is the body with its values', () => {
  assert.equal(
    templateText(named('lembrete_agendamento'), ['Centro', 'Ana', '21/11']),
    'Olá Ana, seu horário é 21/11. Confirma?',
  )
  assert.equal(templateText(named('pedido_enviado'), ['Ana']), 'Oi Ana, seu pedido {{2}} foi enviado.')
})

test('a template that Meta lists in an odd way is read as far as it goes', () => {
  assert.equal(readTemplate({ id: 1 }), null)
  assert.partialDeepStrictEqual(
    readTemplate({ name: 'x', language: 'pt_BR', status: 'locked', components: [null, 3] }),
    {
      status: 'LOCKED',
      category: 'UNKNOWN',
      variables_count: 0,
    },
  )
})
