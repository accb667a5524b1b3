import { findAccount } from '#accounts/accounts.ts'
import { failureOf } from '#http/failures.ts'
import { missing } from '#http/references.ts'
import { check } from '#http/validation.ts'
import { createLeads } from '#leads/creation.ts'
import { upsertLeads } from '#leads/identity/upsert.ts'
import { type Lead, LeadChanges, NewLead } from '#leads/schema.ts'
import { invalid, type Refused, selectedInvalid, type Tried } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

export type Mode = 'create' | 'upsert'
export type BatchResult = { status: number; created?: boolean; lead?: Lead }

/** Many leads at once: each is read, refused and answered as if it came alone, and none harms another. */
export async function writeBatch(scope: Scope, mode: Mode, given: unknown[]): Promise<BatchResult[]> {
  const inputs = await readEach(scope, mode, given)
  const good = inputs.flatMap((input) => ('done' in input ? input.done : []))
  const written = (await write(scope, mode, good)).values()
  return inputs.map((input) => answerTo('done' in input ? written.next().value! : input))
}

async function readEach(scope: Scope, mode: Mode, given: unknown[]): Promise<Tried<LeadChanges>[]> {
  const schema = mode === 'create' ? NewLead : LeadChanges
  const read = given.map((each) => check(schema, each))
  const references = read.flatMap((each) => each.references)
  const lost = new Set(await missing(scope, references, { stillHere: true }))
  return read.map(({ value, errors, references }) => {
    const all = { ...errors }
    for (const reference of references.filter((each) => lost.has(each))) {
      all[reference.path] = [...(all[reference.path] ?? []), selectedInvalid(reference.path)]
    }
    return Object.keys(all).length > 0 ? { refused: invalid(all) } : { done: value as LeadChanges }
  })
}

type Written = { created: boolean; lead: Lead }

async function write(scope: Scope, mode: Mode, inputs: LeadChanges[]): Promise<Tried<Written | Lead>[]> {
  if (inputs.length === 0) return []
  const account = await findAccount(scope)
  return mode === 'create'
    ? createLeads(scope, account, inputs as NewLead[])
    : upsertLeads(scope, account, inputs)
}

export function answerTo(each: Tried<Written | Lead> | { refused: Refused }): BatchResult {
  if ('refused' in each) {
    const { status, body } = failureOf(each.refused)!
    return { status, ...body }
  }
  const { done } = each
  return 'created' in done ? { status: done.created ? 201 : 200, ...done } : { status: 201, lead: done }
}
