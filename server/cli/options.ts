import { InvalidArgumentError } from 'commander'
import { scopes } from '#accounts/keys/scopes.ts'
import { type PlanName, planNames } from '#accounts/plans.ts'
import { readInstant } from '#platform/values.ts'

/** How arguments and options are read: each gives the value, or says what is wrong with it. */

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError(`"${text}" is not a whole number.`)
  return Number(text)
}

export function positive(text: string): number {
  const value = wholeNumber(text)
  if (value === 0) throw new InvalidArgumentError('It must be at least 1.')
  return value
}

export function tcpPort(text: string): number {
  const value = wholeNumber(text)
  if (value > 65_535) throw new InvalidArgumentError('Ports go up to 65535.')
  return value
}

export function filled(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.')
  return text.trim()
}

export function emailAddress(text: string): string {
  if (!/^[^\s@]+@[^\s@]+$/.test(text)) throw new InvalidArgumentError(`"${text}" is not an e-mail address.`)
  return text
}

export function goodPassword(text: string): string {
  if (text.length < 8) throw new InvalidArgumentError('It must have 8 characters or more.')
  return text
}

export function planName(text: string): PlanName {
  const plan = planNames.find((each) => each === text)
  if (!plan)
    throw new InvalidArgumentError(`There is no plan "${text}". Choose from: ${planNames.join(', ')}.`)
  return plan
}

export function instant(text: string): Date {
  const value = readInstant(text)
  if (value) return value
  throw new InvalidArgumentError(`"${text}" is not an ISO 8601 instant such as 2026-12-31T23:59:59Z.`)
}

export function scopeList(text: string): string[] {
  const wanted = text.split(',').flatMap((scope) => scope.trim() || [])
  const unknown = wanted.find((scope) => !(scopes as readonly string[]).includes(scope))
  if (unknown === undefined && wanted.length > 0) return wanted
  const what = unknown === undefined ? '' : `There is no scope "${unknown}". `
  throw new InvalidArgumentError(`${what}Choose from: ${scopes.join(', ')}.`)
}
