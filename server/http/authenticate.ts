import type { FastifyReply, FastifyRequest } from 'fastify'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import type { createGate, RateWindow } from '#accounts/keys/authenticate.ts'
import { looksLikeKey, scopesOfKey } from '#accounts/keys/keys.ts'
import { roleScopes } from '#accounts/keys/scopes.ts'
import { findSession, sessionCookie, sessionTokenOf } from '#accounts/sign-in/sessions.ts'
import { type Failure, failures } from '#http/failures.ts'
import { originOf } from '#http/origin.ts'
import type { Handle } from '#platform/database.ts'
import type { Permission } from '#platform/route.ts'
import type { Actor } from '#platform/scope.ts'

/** Who is calling, for which account, and what else they may do. `session` is a person's, and null for a key. */
export type Caller = {
  accountId: number
  actor: Actor
  can: (permission: Permission) => boolean
  session: string | null
  /** The same, asked anew while a stream is open; null when they may no longer come in. */
  still: () => Promise<Caller['can'] | null>
}

const unknownKeysPerMinute = 30
// A person at the panel never gets there; a script in a stolen session does.
const requestsPerPerson = 1200
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

type Options = { gate: ReturnType<typeof createGate>; db: Handle; publicUrl: string }

/** Tells who is calling, in the contract's order: key, account, permission, rate. A key wins over a session. */
export function createAuthenticator({ gate, db, publicUrl }: Options) {
  const unknownKeys = new RateLimiterMemory({ points: unknownKeysPerMinute, duration: 60 })
  const people = new RateLimiterMemory({ points: requestsPerPerson, duration: 60 })

  return async function authenticate(
    request: FastifyRequest,
    reply: FastifyReply,
    permission: Permission,
  ): Promise<Caller | Failure> {
    const key = request.headers['x-api-key']
    if (typeof key === 'string' && key.trim() !== '') return byKey(key.trim(), request, reply, permission)
    const token = sessionTokenOf(request.headers.cookie)
    return token ? bySession(token, request, reply, permission) : failures.keyMissing()
  }

  async function byKey(key: string, request: FastifyRequest, reply: FastifyReply, permission: Permission) {
    if (!looksLikeKey(key)) return refuseUnknown(request.ip, reply)
    const verdict = await gate(key, permission)
    switch (verdict.outcome) {
      case 'unknown':
        return refuseUnknown(request.ip, reply)
      case 'expired':
        return failures.keyExpired()
      case 'suspended':
        return failures.accountInactive()
      case 'forbidden':
        return failures.forbidden(permission)
      case 'limited':
        setRateHeaders(reply, verdict.window)
        return failures.rateExceeded(verdict.window.resetsInSeconds)
      case 'passed': {
        setRateHeaders(reply, verdict.window)
        const { accountId, keyId, keyName, scopes } = verdict
        const actor: Actor = { type: 'key', id: keyId, name: keyName }
        const still = async () => {
          const now = await scopesOfKey(db, accountId, keyId)
          return now?.includes(permission) ? (wanted: Permission) => now.includes(wanted) : null
        }
        return {
          accountId,
          actor,
          can: (wanted: Permission) => scopes.includes(wanted),
          session: null,
          still,
        }
      }
    }
  }

  async function bySession(
    token: string,
    request: FastifyRequest,
    reply: FastifyReply,
    permission: Permission,
  ) {
    const person = await findSession(db, token)
    if (!person) {
      reply.header('set-cookie', sessionCookie(null, publicUrl))
      return failures.keyMissing()
    }
    if (person.accountStatus !== 'active') return failures.accountInactive()
    if (!isMeant(request)) return failures.foreignOrigin()
    const can = (wanted: Permission) => roleScopes[person.role].includes(wanted)
    if (!can(permission)) return failures.forbidden(permission)
    const { accountId, userId, name } = person
    const window = await take(people, userId, requestsPerPerson)
    setRateHeaders(reply, window)
    if (!window.passed) return failures.rateExceeded(window.resetsInSeconds)
    const still = async () => {
      const now = await findSession(db, token)
      const may = (wanted: Permission) => roleScopes[now!.role].includes(wanted)
      return now?.accountStatus === 'active' && may(permission) ? may : null
    }
    return { accountId, actor: { type: 'user', id: userId, name } as const, can, session: token, still }
  }

  /** A browser sends its cookie wherever a link or form of another site points: only our own pages may change things. */
  function isMeant(request: FastifyRequest) {
    if (safeMethods.has(request.method)) return true
    const origin = originOf(request, publicUrl)
    // No page of another site can set this header without asking us first, and we do not allow it.
    return origin === 'unknown' ? 'x-requested-with' in request.headers : origin === 'own'
  }

  /** Guessing keys is limited by address, in this process alone: a known key from the same address is not touched. */
  async function refuseUnknown(ip: string, reply: FastifyReply) {
    const window = await take(unknownKeys, ip, unknownKeysPerMinute)
    if (window.passed) return failures.keyInvalid()
    setRateHeaders(reply, window)
    return failures.rateExceeded(window.resetsInSeconds)
  }
}

async function take(limiter: RateLimiterMemory, who: string | number, limit: number) {
  const passed = await limiter.consume(who).then(
    (state) => ({ passed: true, state }),
    (state: RateLimiterRes) => ({ passed: false, state }),
  )
  const resetsInSeconds = Math.max(Math.ceil(passed.state.msBeforeNext / 1000), 1)
  return { passed: passed.passed, limit, remaining: passed.state.remainingPoints, resetsInSeconds }
}

function setRateHeaders(reply: FastifyReply, { limit, remaining, resetsInSeconds }: RateWindow) {
  reply.headers({
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + resetsInSeconds),
    'ratelimit-policy': `"default";q=${limit};w=60`,
    ratelimit: `"default";r=${remaining};t=${resetsInSeconds}`,
  })
}
