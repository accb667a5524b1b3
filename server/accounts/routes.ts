import { getCountries } from 'libphonenumber-js'
import { Type } from 'typebox'
import { changeAccount, findAccount } from '#accounts/accounts.ts'
import { keyRoutes } from '#accounts/keys/routes.ts'
import { type Limited, limitNouns, limitsOf, planNames } from '#accounts/plans.ts'
import { sessionRoutes } from '#accounts/sign-in/routes.ts'
import { type HasBegun, startRoutes } from '#accounts/start-routes.ts'
import { ensureTimeZone } from '#accounts/time-zones.ts'
import { userRoutes } from '#accounts/users/routes.ts'
import type { HandOver } from '#accounts/users/users.ts'
import { type Route, route, tagged } from '#platform/route.ts'
import type { Scope } from '#platform/scope.ts'
import { Id, nullable, oneOf, ref, text } from '#platform/shapes.ts'

/** What the folders above know of an account: how much is used, what a leaver is responsible for, what has begun. */
export type Neighbours = {
  counters: Partial<Record<Limited, Counter>>
  handOvers: HandOver[]
  hasBegunWhatsApp: HasBegun
}
type Counter = (scope: Scope) => Promise<number>

export const accountRoutes = ({ counters, handOvers, hasBegunWhatsApp }: Neighbours): Route[] => [
  ...settingsRoutes(counters),
  ...startRoutes(counters, hasBegunWhatsApp),
  ...userRoutes(handOvers),
  ...keyRoutes,
  ...sessionRoutes,
]

const limited = Object.keys(limitNouns) as Limited[]
const eachLimited = <S>(shape: S) =>
  Object.fromEntries(limited.map((what) => [what, shape])) as Record<Limited, S>

const settings = {
  name: text(255, { examples: ['ACME Vendas'] }),
  time_zone: text(64, { description: 'Of the IANA database.', examples: ['America/Sao_Paulo'] }),
  locale: oneOf(['pt-BR', 'en', 'es']),
  country: oneOf(getCountries(), {
    description: 'ISO 3166: where a phone without a country code is from.',
    examples: ['BR'],
  }),
}
const Changes = Type.Partial(Type.Object({ ...settings, default_pipeline_id: ref('pipelines') }))
const Account = Type.Object(
  {
    id: Id,
    plan: oneOf(planNames),
    status: oneOf(['active', 'suspended']),
    name: Type.String(),
    time_zone: Type.String(),
    locale: Type.String(),
    country: Type.String(),
    default_pipeline_id: nullable(Id),
    limits: Type.Object(eachLimited(nullable(Type.Integer())), {
      description: 'How many of each the account may have; null is no limit.',
    }),
    use: Type.Partial(Type.Object(eachLimited(Type.Integer())), { description: 'How many it has now.' }),
  },
  { 'x-name': 'Account' },
)
const unlimited = eachLimited(null)
const example = {
  account: {
    id: 1,
    plan: 'scale' as const,
    status: 'active' as const,
    name: 'ACME Vendas',
    time_zone: 'America/Sao_Paulo',
    locale: 'pt-BR',
    country: 'BR',
    default_pipeline_id: 1,
    limits: { ...unlimited, leads: 100_000, users: 50 },
    use: { leads: 1234, users: 12 },
  },
}

function settingsRoutes(counters: Neighbours['counters']) {
  const shown = async (scope: Scope) => {
    const account = await findAccount(scope)
    const use: Partial<Record<string, number>> = {}
    for (const [what, counter] of Object.entries(counters)) use[what] = await counter(scope)
    const { id, plan, status, name, time_zone, locale, country, default_pipeline_id } = account
    const limits = { ...unlimited, ...limitsOf(account) }
    const settings = { name, time_zone, locale, country, default_pipeline_id }
    return { account: { id, plan, status, ...settings, limits, use } }
  }
  const change = (operationId: string, method: 'PUT' | 'PATCH') =>
    route(
      operationId,
      `${method} /account`,
      {
        permission: 'users:write',
        summary: 'Change the account’s settings',
        description: 'Settings that are not sent stay as they are.',
        body: Changes,
        bodyExample: { time_zone: 'America/Manaus' },
        answer: { account: Account },
        example,
      },
      async ({ scope, body }) => {
        if (body.time_zone !== undefined) await ensureTimeZone(scope.db, body.time_zone)
        if (Object.keys(body).length > 0) await changeAccount(scope, body)
        return shown(scope)
      },
    )
  return tagged('Account', [
    route(
      'getAccount',
      'GET /account',
      {
        permission: 'users:read',
        summary: 'The account: its settings, its plan’s limits and what is used of them',
        answer: { account: Account },
        example,
      },
      ({ scope }) => shown(scope),
    ),
    change('updateAccount', 'PUT'),
    change('patchAccount', 'PATCH'),
  ])
}
