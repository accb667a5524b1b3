import assert from 'node:assert/strict'
import { test } from 'node:test'
import { later, nextOpening } from '#platform/calendar.ts'

const [newYork, saoPaulo] = ['America/New_York', 'America/Sao_Paulo']
const at = (from: string, delay: object, zone: string) => later(new Date(from), delay, zone).toISOString()

test('days are the calendar’s, hours are exact, when the clocks change', () => {
  // Summer time begins on 8 March 2026 at two, and ends on 1 November.
  assert.equal(at('2026-03-07T14:00:00Z', { days: 1 }, newYork), '2026-03-08T13:00:00.000Z')
  assert.equal(at('2026-03-07T14:00:00Z', { hours: 24 }, newYork), '2026-03-08T14:00:00.000Z')
  assert.equal(at('2026-10-31T13:00:00Z', { days: 1 }, newYork), '2026-11-01T14:00:00.000Z')
  // Half past two is left out that day: it is half past three.
  assert.equal(at('2026-03-07T07:30:00Z', { days: 1 }, newYork), '2026-03-08T07:30:00.000Z')
  // Half past one comes twice: the first one.
  assert.equal(at('2026-10-31T05:30:00Z', { days: 1 }, newYork), '2026-11-01T05:30:00.000Z')
  assert.equal(
    at('2026-01-31T12:00:00.123Z', { days: 1, hours: 2, minutes: 3 }, saoPaulo),
    '2026-02-01T14:03:00.123Z',
  )
})

const office = { days: ['mon', 'tue', 'wed', 'thu', 'fri'] as never[], from: '08:00', to: '20:00' }
const opening = (from: string, hours = office, zone = saoPaulo) =>
  nextOpening(new Date(from), hours, zone).toISOString()

test('what falls outside of the hours waits for their beginning', () => {
  assert.equal(opening('2026-03-02T10:59:59Z'), '2026-03-02T11:00:00.000Z')
  assert.equal(opening('2026-03-02T11:00:00Z'), '2026-03-02T11:00:00.000Z')
  assert.equal(opening('2026-03-02T22:59:59Z'), '2026-03-02T22:59:59.000Z')
  assert.equal(opening('2026-03-02T23:00:00Z'), '2026-03-03T11:00:00.000Z')
  assert.equal(opening('2026-03-06T23:00:00Z'), '2026-03-09T11:00:00.000Z')
  const mondays = { ...office, days: ['mon'] as never[] }
  assert.equal(opening('2026-03-02T23:00:00Z', mondays), '2026-03-09T11:00:00.000Z')
  // Eight in New York is an hour earlier by then.
  assert.equal(opening('2026-03-07T03:00:00Z', office, newYork), '2026-03-09T12:00:00.000Z')
  // The hours begin at half past two, which is left out on the day of the change.
  const nightly = { days: ['sun'] as never[], from: '02:30', to: '04:00' }
  assert.equal(opening('2026-03-07T12:00:00Z', nightly, newYork), '2026-03-08T07:30:00.000Z')
})

test('hours that end at midnight last as long as the day', () => {
  const late = { ...office, from: '08:00', to: '00:00' }
  assert.equal(opening('2026-03-03T02:59:59Z', late), '2026-03-03T02:59:59.000Z')
  assert.equal(opening('2026-03-03T03:00:00Z', late), '2026-03-03T11:00:00.000Z')
  const always = { ...office, from: '00:00', to: '00:00' }
  assert.equal(opening('2026-03-03T03:00:00Z', always), '2026-03-03T03:00:00.000Z')
})
