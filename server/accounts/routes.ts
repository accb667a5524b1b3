import { Type } from 'typebox'
import { findAccount } from '#accounts/accounts.ts'
import { planNames } from '#accounts/plans.ts'
import { roles } from '#accounts/tables.ts'
import { listUsers } from '#accounts/users.ts'
import { route, tagged } from '#platform/route.ts'
import { Id, oneOf } from '#platform/shapes.ts'

const Account = Type.Object({ id: Id, name: Type.String(), plan: oneOf(planNames) })
const User = Type.Object({
  id: Id,
  name: Type.String(),
  email: Type.String(),
  role: oneOf(roles),
})

export const accountRoutes = tagged('Account', [
  route(
    'getAccount',
    'GET /account',
    {
      permission: 'users:read',
      summary: 'The account that the key belongs to',
      answer: { account: Account },
      example: { account: { id: 1, name: 'ACME Vendas', plan: 'scale' } },
    },
    async ({ scope }) => {
      const { id, name, plan } = await findAccount(scope)
      return { account: { id, name, plan } }
    },
  ),
  route(
    'listUsers',
    'GET /users',
    {
      permission: 'users:read',
      summary: 'The account’s people',
      answer: { data: Type.Array(User) },
      example: { data: [{ id: 12, name: 'Ana', email: 'ana@example.com', role: 'manager' }] },
    },
    async ({ scope }) => ({ data: await listUsers(scope) }),
  ),
])
