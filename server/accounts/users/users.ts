import { and, asc, count, eq, inArray, or, sql } from 'drizzle-orm'
import { ensureWithinPlan, findAccount } from '#accounts/accounts.ts'
import { type Can, ensureMayManage } from '#accounts/keys/scopes.ts'
import { createSignInLink } from '#accounts/sign-in/links.ts'
import { endSessions } from '#accounts/sign-in/sessions.ts'
import { type Role, users } from '#accounts/tables.ts'
import type { Preferences } from '#accounts/users/preferences.ts'
import { invalid, notFound, ruled, selectedInvalid } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

const personColumns = { id: users.id, name: users.name, email: users.email, role: users.role }
export type Person = { id: number; name: string; email: string; role: Role }

const shownColumns = {
  ...personColumns,
  is_active: users.is_active,
  link_requested_at: users.link_requested_at,
  created_at: users.created_at,
}
export type User = Person & { is_active: boolean; link_requested_at: Date | null; created_at: Date }

/** Gives what somebody who leaves was responsible for to a colleague, or to nobody. */
export type HandOver = (scope: Scope, fromUserId: number, toUserId: number | null) => Promise<void>

export type NewUser = { name: string; email: string; role: Role; passwordHash?: string | null }

export async function createUser(
  scope: Scope,
  { name, email, role, passwordHash = null }: NewUser,
): Promise<User> {
  await ensureRoomForUser(scope)
  const [user] = await scope.db
    .insert(users)
    .values({
      account_id: scope.accountId,
      name,
      email: email.toLowerCase(),
      role,
      password_hash: passwordHash,
    })
    .onConflictDoNothing()
    .returning(shownColumns)
  if (!user) throw invalid({ email: ['The email has already been taken.'] })
  return user
}

const ensureRoomForUser = async (scope: Scope) =>
  ensureWithinPlan(scope, await findAccount(scope), 'users', 1, () => countUsers(scope))

export async function countUsers(scope: Scope) {
  const [row] = await scope.db
    .select({ total: count() })
    .from(users)
    .where(and(eq(users.account_id, scope.accountId), users.is_active))
  return row!.total
}

export const listUsers = (scope: Scope, { includeInactive = false } = {}): Promise<User[]> =>
  scope.db
    .select(shownColumns)
    .from(users)
    .where(and(eq(users.account_id, scope.accountId), includeInactive ? undefined : users.is_active))
    .orderBy(asc(users.id))

export const usersById = (scope: Scope, ids: number[]): Promise<Person[]> =>
  scope.db
    .select(personColumns)
    .from(users)
    .where(and(eq(users.account_id, scope.accountId), inArray(users.id, ids)))

export async function findUser(scope: Scope, id: number): Promise<User> {
  const [user] = await scope.db.select(shownColumns).from(users).where(userOf(scope, id))
  if (!user) throw notFound('user')
  return user
}

export type UserChanges = { name?: string; email?: string; role?: Role }

export async function changeUser(scope: Scope, can: Can, id: number, changes: UserChanges): Promise<User> {
  const { user, isLastAdmin } = await lockUser(scope, can, id)
  if (changes.role) ensureMayManage(can, changes.role)
  if (isLastAdmin && changes.role && changes.role !== 'admin') throw ruled('last_admin')
  const wanted = { ...changes, ...(changes.email ? { email: changes.email.toLowerCase() } : {}) }
  if (Object.values(wanted).every((value) => value === undefined)) return user
  const [changed] = await scope.db.update(users).set(wanted).where(userOf(scope, id)).returning(shownColumns)
  return changed!
}

export type Departure = { handOverTo: number | null; handOvers: HandOver[] }

/** Ends their sessions and links at once, and hands over what they were responsible for. */
export async function deactivateUser(
  scope: Scope,
  can: Can,
  id: number,
  departure: Departure,
): Promise<User> {
  const { handOverTo, handOvers } = departure
  const { user, colleagues, isLastAdmin } = await lockUser(scope, can, id, handOverTo)
  const successor = colleagues.find((colleague) => colleague.id === handOverTo)
  if (handOverTo !== null && !successor?.is_active)
    throw invalid({ hand_over_to: [selectedInvalid('hand_over_to')] })
  if (isLastAdmin) throw ruled('last_admin')
  // Waits for whoever is just giving them a lead, so that it is handed over with the others; who comes later is refused.
  await scope.db.select({ id: users.id }).from(users).where(userOf(scope, id)).for('update')
  for (const handOver of handOvers) await handOver(scope, id, handOverTo)
  await scope.db.update(users).set({ is_active: false, link_requested_at: null }).where(userOf(scope, id))
  await endSessions(scope, id)
  return { ...user, is_active: false, link_requested_at: null }
}

export async function activateUser(scope: Scope, can: Can, id: number): Promise<User> {
  const { user } = await lockUser(scope, can, id)
  if (user.is_active) return user
  await ensureRoomForUser(scope)
  await scope.db.update(users).set({ is_active: true }).where(userOf(scope, id))
  return { ...user, is_active: true }
}

/** A new sign-in link for somebody who lost theirs or forgot their password. */
export async function renewSignInLink(scope: Scope, can: Can, id: number) {
  const { user } = await lockUser(scope, can, id)
  if (!user.is_active) throw ruled('user_inactive')
  return createSignInLink(scope, id)
}

/** The user, if the caller may manage them, held together with every active admin: who is the last one is then certain. */
async function lockUser(scope: Scope, can: Can, id: number, alsoId: number | null = null) {
  const held = await scope.db
    .select(shownColumns)
    .from(users)
    .where(
      and(
        eq(users.account_id, scope.accountId),
        or(inArray(users.id, alsoId ? [id, alsoId] : [id]), and(eq(users.role, 'admin'), users.is_active)),
      ),
    )
    .orderBy(asc(users.id))
    .for('no key update')
  const user = held.find((each) => each.id === id)
  if (!user) throw notFound('user')
  ensureMayManage(can, user.role)
  const colleagues = held.filter((each) => each.id !== id)
  const isActiveAdmin = (each: User) => each.role === 'admin' && each.is_active
  return { user, colleagues, isLastAdmin: isActiveAdmin(user) && !colleagues.some(isActiveAdmin) }
}

const userOf = (scope: Scope, id: number) => and(eq(users.account_id, scope.accountId), eq(users.id, id))

export async function preferencesOf(scope: Scope): Promise<Preferences> {
  const [row] = await scope.db.select({ preferences: users.preferences }).from(users).where(ownRow(scope))
  return row?.preferences ?? {}
}

/** One's own; null forgets one. */
export async function changePreferences(scope: Scope, changes: Preferences): Promise<Preferences> {
  const [row] = await scope.db
    .update(users)
    .set({
      preferences: sql`jsonb_strip_nulls(${users.preferences} || ${JSON.stringify(changes)}::jsonb)`,
    })
    .where(ownRow(scope))
    .returning({ preferences: users.preferences })
  return row!.preferences
}

const ownRow = ({ accountId, actor }: Scope) => and(eq(users.account_id, accountId), eq(users.id, actor.id!))
