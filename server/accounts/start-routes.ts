import { sql } from 'drizzle-orm'
import { Type } from 'typebox'
import { changeAccount, findAccount, unnamed } from '#accounts/accounts.ts'
import type { Limited } from '#accounts/plans.ts'
import { route, tagged } from '#platform/route.ts'
import type { Scope } from '#platform/scope.ts'

const Start = Type.Object(
  {
    company: Type.Boolean({ description: 'It has a name of its own.' }),
    pipeline: Type.Boolean(),
    whatsapp: Type.Boolean({
      description:
        'A number is connected, or a customer wrote and was answered, if only on a simulated phone.',
    }),
    colleague: Type.Boolean(),
    key: Type.Boolean(),
    lead: Type.Boolean(),
    is_dismissed: Type.Boolean({ description: 'Nobody wants to see these steps any more.' }),
  },
  { 'x-name': 'Start' },
)
const answer = { start: Start }
const example = {
  start: {
    company: true,
    pipeline: true,
    whatsapp: false,
    colleague: true,
    key: false,
    lead: true,
    is_dismissed: false,
  },
}

export type HasBegun = (scope: Scope) => Promise<boolean>
type Counters = Partial<Record<Limited, (scope: Scope) => Promise<number>>>

/** The first steps of an account: which of them are done. */
export function startRoutes(counters: Counters, hasBegunWhatsApp: HasBegun) {
  async function shown(scope: Scope) {
    const has = async (what: Limited, atLeast = 1) => ((await counters[what]?.(scope)) ?? 0) >= atLeast
    const account = await findAccount(scope)
    return {
      start: {
        company: account.name !== unnamed,
        pipeline: await has('pipelines'),
        whatsapp: await hasBegunWhatsApp(scope),
        colleague: await has('users', 2),
        key: await hasUsedKey(scope),
        lead: await has('leads'),
        is_dismissed: account.start_dismissed_at !== null,
      },
    }
  }
  return tagged('Account', [
    route(
      'getStart',
      'GET /account/start',
      { permission: 'users:read', summary: 'Which first steps are done', answer, example },
      ({ scope }) => shown(scope),
    ),
    route(
      'dismissStart',
      'PUT /account/start',
      {
        permission: 'users:write',
        summary: 'Put the first steps away, or bring them back',
        body: Type.Object({ is_dismissed: Type.Boolean() }),
        bodyExample: { is_dismissed: true },
        answer,
        example: { start: { ...example.start, is_dismissed: true } },
      },
      async ({ scope, body }) => {
        await changeAccount(scope, { start_dismissed_at: body.is_dismissed ? new Date() : null })
        return shown(scope)
      },
    ),
  ])
}

/** One that was made at the first start and never used does not count. */
async function hasUsedKey(scope: Scope) {
  const { rows } = await scope.db.execute<{ has: boolean }>(sql`
    select exists (
      select from api_keys where account_id = ${scope.accountId} and revoked_at is null and last_used_at is not null
    ) as has`)
  return rows[0]!.has
}
