import type { FastifyReply, FastifyRequest } from 'fastify'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import type { createGate, RateWindow } from '#accounts/authenticate.ts'
import { looksLikeKey } from '#accounts/keys.ts'
import { type Failure, failures } from '#http/failures.ts'
import type { Permission } from '#platform/route.ts'
import type { Actor } from '#platform/scope.ts'

/** Who is calling, for which account, and what else they may do. */
export type Caller = { accountId: number; actor: Actor; can: (permission: Permission) => boolean }

const unknownKeysPerMinute = 30

/** Tells who is calling, in the contract's order: key, account, permission, rate. */
export function createAuthenticator(gate: ReturnType<typeof createGate>) {
  const unknownKeys = new RateLimiterMemory({ points: unknownKeysPerMinute, duration: 60 })

  return async function authenticate(
    request: FastifyRequest,
    reply: FastifyReply,
    permission: Permission,
  ): Promise<Caller | Failure> {
    const key = request.headers['x-api-key']
    if (typeof key !== 'string' || key.trim() === '') return failures.keyMissing()
    if (!looksLikeKey(key.trim())) return refuseUnknown(request.ip, reply)
    const verdict = await gate(key.trim(), permission)
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
        return {
          accountId,
          actor: { type: 'key', id: keyId, name: keyName },
          can: (wanted) => scopes.includes(wanted),
        }
      }
    }
  }

  /** Guessing keys is limited by address, in this process alone: a known key from the same address is not touched. */
  async function refuseUnknown(ip: string, reply: FastifyReply) {
    try {
      await unknownKeys.consume(ip)
      return failures.keyInvalid()
    } catch (limited) {
      const resetsInSeconds = Math.max(Math.ceil((limited as RateLimiterRes).msBeforeNext / 1000), 1)
      setRateHeaders(reply, { limit: unknownKeysPerMinute, remaining: 0, resetsInSeconds })
      return failures.rateExceeded(resetsInSeconds)
    }
  }
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
