import { createSignInLink } from '#accounts/sign-in/links.ts'
import { hashPassword } from '#accounts/sign-in/passwords.ts'
import type { Role } from '#accounts/tables.ts'
import { createUser } from '#accounts/users/users.ts'
import type { Scope } from '#platform/scope.ts'
import { type Reply, request } from './request.ts'

export const password = 'correct horse battery'
const hashed = await hashPassword(password)
let people = 0

export type Person = Awaited<ReturnType<typeof newPerson>>

/** Somebody with a role and a session, and a client that speaks as their browser does. */
export async function newPerson(
  url: string,
  scope: Scope,
  role: Role,
  email = `person${++people}@example.com`,
) {
  const user = await createUser(scope, { name: `Pessoa ${people}`, email, role, passwordHash: hashed })
  const token = await createSignInLink(scope, user.id)
  const cookie = cookieOf(await request(url, 'POST', '/api/v1/session/link', { body: { token } }))
  return { ...user, cookie, ...browserOf(url, cookie) }
}

export function browserOf(url: string, cookie: string) {
  const call =
    (method: string) =>
    (path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> =>
      request(url, method, `/api/v1${path}`, {
        body,
        headers: { cookie, 'sec-fetch-site': 'same-origin', ...headers },
      })
  return {
    call,
    get: (path: string) => call('GET')(path),
    post: call('POST'),
    put: call('PUT'),
    patch: call('PATCH'),
    delete: call('DELETE'),
  }
}

/** The session cookie that an answer gave, as a browser would send it back. */
export const cookieOf = ({ headers }: Reply) => headers.get('set-cookie')?.split(';', 1)[0] ?? ''
