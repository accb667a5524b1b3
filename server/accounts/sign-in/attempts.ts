import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Database } from '#platform/database.ts'
import { tooOften } from '#platform/errors.ts'
import { sha256 } from '#platform/secrets.ts'

const windowSeconds = 15 * 60
export const attemptsByAddress = 50
export const attemptsByEmail = 10

/** Counts an attempt to sign in before it is looked at, or refuses it. Whether the e-mail is anybody's makes no difference. */
export async function countAttempt({ pool }: Database, ip: string, email?: string) {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      tableName: 'sign_in_attempts',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix,
      points,
      duration: windowSeconds,
    })
  const byAddress = limiter('address', attemptsByAddress)
  const byEmail = limiter('email', attemptsByEmail)
  const emailKey = email === undefined ? null : sha256(email.toLowerCase()).toString('hex')
  try {
    await byAddress.consume(ip)
    if (emailKey) await byEmail.consume(emailKey)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    throw tooOften(Math.max(Math.ceil(refused.msBeforeNext / 1000), 1))
  }
  return {
    /** It was the right person: their failures are forgotten, and their address has this attempt back. */
    async succeeded() {
      await byAddress.reward(ip)
      if (emailKey) await byEmail.delete(emailKey)
    },
  }
}
