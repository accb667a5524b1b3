import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phoneSpellings, readPhone } from '#leads/identity/phone.ts'

const brazilian = (given: string) => readPhone(given, 'BR')

test('what WhatsApp and old lists call a number becomes the number', () => {
  const cases = {
    '+55 11 98765-4321': '+5511987654321',
    '5551987654321': '+5551987654321',
    '555187654321': '+5551987654321',
    '555181234567': '+5551981234567',
    '556291234567': '+5562991234567',
    // Landlines begin with 2 to 5 and never get the ninth digit; toll-free numbers neither.
    '551133334444': '+551133334444',
    '5511933334444': '+5511933334444',
    '558007771234': '+558007771234',
    '14155552671': '+14155552671',
    '5491155551234': '+5491155551234',
  }
  for (const [given, number] of Object.entries(cases)) assert.equal(brazilian(given), number, given)
})

test('a number written as people write it is read for the account’s country', () => {
  const spellings = [
    '(11) 98765-4321',
    '11 98765 4321',
    '011 98765-4321',
    '(11) 8765-4321',
    '11987654321',
    '+55 (11) 98765.4321',
    ' 5511987654321 ',
    '0055 11 98765-4321',
  ]
  for (const given of spellings) assert.equal(brazilian(given), '+5511987654321', given)
  assert.equal(readPhone('(415) 555-2671', 'US'), '+14155552671')
  assert.equal(brazilian('+1 (415) 555-2671'), '+14155552671')
})

test('what cannot be read, or would lose a part, is kept as given', () => {
  const kept = [
    'ramal 12',
    '123',
    '99988-7766',
    '(11) 3333-4444 ramal 22',
    '(11) 98765-4321 / (11) 91234-5678',
    '11987654321 11912345678',
    '+',
    '٣',
    'x'.repeat(255),
    '1'.repeat(255),
  ]
  for (const given of kept) assert.equal(brazilian(given), given)
})

test('a mobile is found by both of its spellings, a landline by its one', () => {
  assert.deepEqual(phoneSpellings('+5551987654321'), ['5551987654321', '555187654321'])
  assert.deepEqual(phoneSpellings('+551133334444'), ['551133334444'])
  assert.deepEqual(phoneSpellings('+14155552671'), ['14155552671'])
  assert.deepEqual(phoneSpellings('ramal'), [])
})
