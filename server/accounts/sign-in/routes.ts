import { Type } from 'typebox'
import { findAccount } from '#accounts/accounts.ts'
import { roleScopes } from '#accounts/keys/scopes.ts'
import { countAttempt } from '#accounts/sign-in/attempts.ts'
import { requestSignInLink } from '#accounts/sign-in/links.ts'
import { Password } from '#accounts/sign-in/passwords.ts'
import { endSession, type Session, sessionCookie } from '#accounts/sign-in/sessions.ts'
import { Credentials, changePassword, Email, signIn, signInByLink } from '#accounts/sign-in/sign-in.ts'
import { roles } from '#accounts/tables.ts'
import { Preferences } from '#accounts/users/preferences.ts'
import { changePreferences, findUser, preferencesOf } from '#accounts/users/users.ts'
import type { Handle } from '#platform/database.ts'
import { messages } from '#platform/messages.ts'
import { Answer, publicRoute, route, tagged } from '#platform/route.ts'
import type { Scope } from '#platform/scope.ts'
import { Id, oneOf, text } from '#platform/shapes.ts'

const Who = {
  user: Type.Object({ id: Id, name: Type.String(), email: Type.String(), role: oneOf(roles) }),
  account: Type.Object({
    id: Id,
    name: Type.String(),
    time_zone: Type.String(),
    locale: Type.String(),
    country: Type.String(),
  }),
  permissions: Type.Array(Type.String(), { description: 'What this person may do.' }),
  preferences: Preferences,
}
const whoExample = {
  user: { id: 12, name: 'Ana', email: 'ana@example.com', role: 'viewer' as const },
  account: { id: 1, name: 'ACME', time_zone: 'America/Sao_Paulo', locale: 'pt-BR', country: 'BR' },
  permissions: [...roleScopes.viewer],
  preferences: { theme: 'dark' as const },
}
const cookieHeader = { 'Set-Cookie': 'The session: `funil_session`, HttpOnly, SameSite=Lax, thirty days.' }
const limitedTries = 'Tries are counted by IP address and by e-mail; too many are refused for a while.'

export const sessionRoutes = tagged('Session', [
  publicRoute(
    'signIn',
    'POST /session',
    {
      summary: 'Sign in with e-mail and password',
      description: `Who has access to several accounts with one password is told which, and chooses one with \`account_id\`. ${limitedTries}`,
      body: Credentials,
      bodyExample: { email: 'ana@example.com', password: 'correct horse battery' },
      answer: Who,
      headers: cookieHeader,
      rules: ['sign_in_refused', 'choose_account'],
      example: whoExample,
    },
    async ({ database, body, ip, publicUrl }) =>
      signedIn(database.db, await signIn(database, ip, body), publicUrl),
  ),
  publicRoute(
    'signInByLink',
    'POST /session/link',
    {
      summary: 'Sign in with a one-time link',
      body: Type.Object({ token: text(255) }),
      bodyExample: { token: 'Zk3mQ0aBZk3mQ0aBZk3mQ0aBZk3mQ0aBZk3mQ0aB' },
      answer: Who,
      headers: cookieHeader,
      rules: ['link_invalid'],
      example: whoExample,
    },
    async ({ database, body, ip, publicUrl }) =>
      signedIn(database.db, await signInByLink(database, ip, body.token), publicUrl),
  ),
  publicRoute(
    'requestSignInLink',
    'POST /session/forgotten',
    {
      summary: 'Ask for a new sign-in link',
      description:
        'The request is shown to the admins beside the user, and one of them makes the link. The answer is the same whether or not the address is anybody’s.',
      body: Type.Object({ email: Email }),
      bodyExample: { email: 'ana@example.com' },
      answer: { message: Type.String() },
      example: { message: messages.linkRequested },
    },
    async ({ database, body, ip }) => {
      await countAttempt(database, ip)
      await requestSignInLink(database.db, body.email)
      return { message: messages.linkRequested }
    },
  ),
  route(
    'getSession',
    'GET /session',
    {
      permission: 'session',
      summary: 'Who is signed in, and what they may do',
      answer: Who,
      example: whoExample,
    },
    ({ scope }) => who(scope),
  ),
  route(
    'updatePreferences',
    'PUT /session/preferences',
    {
      permission: 'session',
      summary: 'Say how one likes the panel',
      description: 'Preferences that are not sent stay as they are; null forgets one.',
      body: Preferences,
      bodyExample: { theme: 'dark' },
      answer: { preferences: Preferences },
      example: { preferences: { theme: 'dark' } },
    },
    async ({ scope, body }) => ({ preferences: await changePreferences(scope, body) }),
  ),
  route(
    'signOut',
    'DELETE /session',
    { permission: 'session', summary: 'Sign out', answer: {}, headers: cookieHeader, example: {} },
    async ({ scope, session, publicUrl }) => {
      await endSession(scope, session!)
      return new Answer({}, { headers: { 'set-cookie': sessionCookie(null, publicUrl) } })
    },
  ),
  route(
    'changePassword',
    'PUT /session/password',
    {
      permission: 'session',
      summary: 'Set or change one’s own password',
      description:
        'Ends all of one’s sessions and links, and gives this browser a new session. `current_password` is required of those who signed in with it.',
      body: Type.Object({
        current_password: Type.Optional(
          Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 1000, 'x-untrimmed': true }),
        ),
        password: Password,
      }),
      bodyExample: { current_password: 'correct horse battery', password: 'staple the horse' },
      answer: {},
      headers: cookieHeader,
      showsSecret: true,
      example: {},
    },
    async ({ scope, session, body, publicUrl }) => {
      const renewed = await changePassword(scope, session!, body)
      return new Answer({}, { headers: { 'set-cookie': sessionCookie(renewed, publicUrl) } })
    },
  ),
])

async function signedIn(db: Handle, session: Session, publicUrl: string) {
  const { accountId, userId } = session
  const scope: Scope = { accountId, actor: { type: 'user', id: userId, name: '' }, db, requestId: null }
  return new Answer(await who(scope), { headers: { 'set-cookie': sessionCookie(session, publicUrl) } })
}

async function who(scope: Scope) {
  const [user, account] = await Promise.all([findUser(scope, scope.actor.id!), findAccount(scope)])
  const { id, name, email, role } = user
  const { time_zone, locale, country } = account
  return {
    user: { id, name, email, role },
    account: { id: account.id, name: account.name, time_zone, locale, country },
    permissions: [...roleScopes[role]],
    preferences: await preferencesOf(scope),
  }
}
