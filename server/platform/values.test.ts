import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDayOnly, readDay, readInstant, readInteger, readNumber } from '#platform/values.ts'

const each = <T>(read: (given: unknown) => T, cases: [unknown, T][]) => {
  for (const [given, expected] of cases) assert.deepEqual(read(given), expected, String(given))
}

test('numbers are read from numbers and from plain text', () => {
  each(readNumber, [
    [0, 0],
    [-1.5, -1.5],
    ['12', 12],
    ['-1.50', -1.5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['+2', 2],
  ])
  const none = [
    '',
    ' 1',
    '1,5',
    '0x10',
    '1_000',
    'Infinity',
    'NaN',
    '1e999',
    Number.NaN,
    Number.POSITIVE_INFINITY,
    true,
    null,
    [],
    [1],
    {},
  ]
  each(
    readNumber,
    none.map((given) => [given, null]),
  )
})

test('integers are read from integers and from digits alone', () => {
  each(readInteger, [
    [0, 0],
    [-7, -7],
    ['12', 12],
    ['-3', -3],
    ['007', 7],
    [1e3, 1000],
  ])
  const none = ['1.0', '1e3', '', 'abc', 1.5, true, null, ['1'], {}, '9'.repeat(400)]
  each(
    readInteger,
    none.map((given) => [given, null]),
  )
})

test('days are real ones; an instant gives its own day', () => {
  each(readDay, [
    ['2024-02-29', '2024-02-29'],
    ['0001-01-01', '0001-01-01'],
    ['9999-12-31', '9999-12-31'],
    ['2026-06-30T23:59:59-03:00', '2026-06-30'],
  ])
  const none = [
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '0000-01-01',
    '26-01-01',
    '2026-1-1',
    '01/02/2026',
    '2026-06-30T25:00',
    '2026-06-30x',
    20260630,
    null,
  ]
  each(
    readDay,
    none.map((given) => [given, null]),
  )
  assert.deepEqual([isDayOnly('2026-06-30'), isDayOnly('2026-06-30T10:00:00Z')], [true, false])
})

test('instants are ISO 8601; without a zone they are UTC', () => {
  const ten = new Date('2026-06-30T10:00:00Z')
  const spellings = [
    '2026-06-30T10:00:00Z',
    '2026-06-30T10:00Z',
    '2026-06-30 10:00',
    '2026-06-30T10:00:00',
    '2026-06-30T07:00:00-03:00',
    '2026-06-30T07:00:00-03',
    '2026-06-30T07:00:00-0300',
    '2026-06-30T12:00:00 02:00',
    '2026-06-30t10:00:00.000z',
  ]
  each(
    readInstant,
    spellings.map((given) => [given, ten]),
  )
  each(readInstant, [
    ['2026-06-30', new Date('2026-06-30T00:00:00Z')],
    ['2026-06-30T10:00:00.1239Z', new Date('2026-06-30T10:00:00.123Z')],
  ])
  const none = [
    '2026-06-30T24:30:00Z',
    '2026-06-30T10:61Z',
    '2026-02-30T10:00Z',
    '2026-06-30T10Z',
    '1782813600',
    1_782_813_600,
    '',
    'now',
    '2026-06-30T10:00:00+99:00',
    null,
  ]
  each(
    readInstant,
    none.map((given) => [given, null]),
  )
  for (const outside of ['0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59-14:00'])
    assert.equal(readInstant(outside), null)
})
