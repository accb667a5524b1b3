import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeCursor, encodeCursor, linksOf, metaOf, offsetOf, perPageOf } from '#platform/pages.ts'

test('the last page is at least 1, and there is more until it', () => {
  const cases: [total: number, page: number, last: number, more: boolean][] = [
    [0, 1, 1, false],
    [1, 1, 1, false],
    [50, 1, 1, false],
    [51, 1, 2, true],
    [51, 2, 2, false],
    [51, 3, 2, false],
  ]
  for (const [total, page, last_page, has_more] of cases) {
    const expected = { total, per_page: 50, current_page: page, last_page, has_more }
    assert.deepEqual(metaOf({ page, per_page: 50 }, total), expected)
  }
})

test('more than 200 is 200, and no offset is more than the database can count', () => {
  assert.equal(perPageOf({ page: 1, per_page: 1e9 }), 200)
  assert.equal(offsetOf({ page: 3, per_page: 500 }), 400)
  assert.equal(offsetOf({ page: 1e300, per_page: 200 }), Number.MAX_SAFE_INTEGER)
})

test('links keep the filters, and a cursor leads on until there is none', () => {
  const url = '/api/v1/leads?tags[]=a%26b&page=2'
  const { link } = linksOf(url, metaOf({ page: 2, per_page: 10 }, 25))
  const at = (page: number) => `</api/v1/leads?tags%5B%5D=a%26b&page=${page}>`
  assert.equal(
    link,
    `${at(1)}; rel="first", ${at(1)}; rel="prev", ${at(3)}; rel="next", ${at(3)}; rel="last"`,
  )
  const end = { ...metaOf({ page: 1, per_page: 10 }, 5), next_cursor: null }
  assert.equal(linksOf('/x', end).link, '</x?cursor=>; rel="first"')
})

test('a cursor holds its position; anything else is none', () => {
  assert.deepEqual(decodeCursor(encodeCursor({ id: 1, at: 'x' })), { id: 1, at: 'x' })
  for (const other of [
    '',
    'x',
    '{}',
    encodeCursor(null),
    encodeCursor([1]),
    encodeCursor('x'),
    encodeCursor(1),
  ]) {
    assert.equal(decodeCursor(other), null, other)
  }
})
