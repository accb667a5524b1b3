import { findAccount } from '#accounts/accounts.ts'
import { insertLead, updateLead } from '#leads/actions.ts'
import { findHolder } from '#leads/identity.ts'
import type { Lead, LeadChanges, NewLead } from '#leads/schema.ts'
import { phoneOf } from '#leads/values.ts'
import { invalid, Refused } from '#platform/errors.ts'
import { inTransaction, type Scope } from '#platform/scope.ts'

/** Finds by phone, then by e-mail; changes that lead or creates one. However many do so at once, it is one lead. */
export async function upsertLead(
  scope: Scope,
  input: LeadChanges,
): Promise<{ created: boolean; lead: Lead }> {
  const account = await findAccount(scope)
  const known = { phone: phoneOf(input, account), email: input.email ?? null }
  for (;;) {
    const holder = await findHolder(scope, known)
    if (holder === null) {
      if (!input.name) throw invalid({ name: ['The name field is required.'] })
      const lead = await createUnlessRaced(scope, { ...input, name: input.name })
      if (lead) return { created: true, lead }
    } else {
      const lead = await updateIfThere(scope, holder, input)
      if (lead) return { created: false, lead }
    }
  }

  // Somebody took the phone or the e-mail meanwhile: undo to the savepoint, and find that lead at the next look.
  async function createUnlessRaced(scope: Scope, input: NewLead) {
    const raced = new Error('raced')
    try {
      return await inTransaction(scope, async (inner) => {
        const { lead, holdsIdentities } = await insertLead(inner, account, input)
        if (!holdsIdentities) throw raced
        return lead
      })
    } catch (error) {
      if (error === raced) return null
      throw error
    }
  }
}

async function updateIfThere(scope: Scope, id: number, input: LeadChanges) {
  try {
    return await updateLead(scope, id, input)
  } catch (error) {
    if (error instanceof Refused && error.refusal.kind === 'not-found') return null
    throw error
  }
}
