import { changeAccount, createAccount, listAccounts, lockSetup, unnamed } from '#accounts/accounts.ts'
import { createKey } from '#accounts/keys/keys.ts'
import type { PlanName } from '#accounts/plans.ts'
import { createSignInLink } from '#accounts/sign-in/links.ts'
import { createUser } from '#accounts/users/users.ts'
import { createStarterPipeline } from '#pipelines/starter.ts'
import type { Handle } from '#platform/database.ts'
import type { Actor, Scope } from '#platform/scope.ts'
import { addSandbox } from '#whatsapp/instances/actions.ts'

const setup: Actor = { type: 'system', id: null, name: 'setup' }

/** An account that can sell from the first minute: with a pipeline, its stages and reasons to lose. */
export function foundAccount(db: Handle, { name, plan = 'unlimited' }: { name: string; plan?: PlanName }) {
  return db.transaction(async (tx) => {
    const account = await createAccount(tx, { name, plan })
    const scope: Scope = { accountId: account.id, actor: setup, db: tx, requestId: null }
    const pipeline = await createStarterPipeline(scope)
    return changeAccount(scope, { default_pipeline_id: pipeline.id })
  })
}

export type FirstRun = { signInToken: string; key: string }

/** An account, its admin, a key and a simulated phone to try things with at the first start; null when there is an account already. */
export function firstRun(db: Handle): Promise<FirstRun | null> {
  return db.transaction(async (tx) => {
    await lockSetup(tx)
    const existing = await listAccounts(tx)
    if (existing.length > 0) return null
    const account = await foundAccount(tx, { name: unnamed })
    const scope: Scope = { accountId: account.id, actor: setup, db: tx, requestId: null }
    const admin = await createUser(scope, { name: 'Administrador', email: 'admin@localhost', role: 'admin' })
    const signInToken = await createSignInLink(scope, admin.id)
    const { key } = await createKey(scope, { name: 'Primeira chave' })
    await addSandbox(scope)
    return { signInToken, key }
  })
}
