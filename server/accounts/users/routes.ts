import { Type } from 'typebox'
import { ensureMayManage } from '#accounts/keys/scopes.ts'
import { createSignInLink, linkAddress } from '#accounts/sign-in/links.ts'
import { roles } from '#accounts/tables.ts'
import {
  activateUser,
  changeUser,
  createUser,
  deactivateUser,
  findUser,
  type HandOver,
  listUsers,
  renewSignInLink,
} from '#accounts/users/users.ts'
import { route, tagged } from '#platform/route.ts'
import { Id, nullable, oneOf, ref, Timestamp, text } from '#platform/shapes.ts'

const User = Type.Object(
  {
    id: Id,
    name: Type.String(),
    email: Type.String(),
    role: oneOf(roles),
    is_active: Type.Boolean(),
    link_requested_at: Type.Unsafe<Date | null>({
      type: ['string', 'null'],
      format: 'date-time',
      description: 'When they forgot their password and asked for a new link; null once they have it.',
    }),
    created_at: Timestamp,
  },
  { 'x-name': 'User' },
)
const UserId = Type.Object({ id: ref('users') })
const OneUser = { user: User }
const Link = Type.String({
  description: 'Signs its user in once, within seven days. Shown in this answer only.',
})

const fields = { name: text(255), email: text(255, { format: 'email' }), role: oneOf(roles) }
const userExample = {
  id: 12,
  name: 'Ana',
  email: 'ana@example.com',
  role: 'manager' as const,
  is_active: true,
  link_requested_at: null,
  created_at: '2026-06-30T10:00:00.000Z' as unknown as Date,
}
const linkExample = 'https://crm.example.com/sign-in?token=Zk3…'
const noMoreThanYourself =
  'Nobody manages a role that may do more than they may: a key never touches an admin, whatever its scopes.'

export const userRoutes = (handOvers: HandOver[]) =>
  tagged('Users', [
    route(
      'listUsers',
      'GET /users',
      {
        permission: 'users:read',
        summary: 'The account’s people',
        query: Type.Object({ include_inactive: Type.Optional(Type.Boolean()) }),
        answer: { data: Type.Array(User) },
        example: { data: [userExample] },
      },
      async ({ scope, query }) => ({
        data: await listUsers(scope, { includeInactive: query.include_inactive }),
      }),
    ),
    route(
      'getUser',
      'GET /users/{id}',
      {
        permission: 'users:read',
        summary: 'One of the account’s people',
        params: UserId,
        answer: OneUser,
        example: { user: userExample },
      },
      async ({ scope, params }) => ({ user: await findUser(scope, params.id) }),
    ),
    route(
      'createUser',
      'POST /users',
      {
        permission: 'users:write',
        summary: 'Invite somebody',
        description: noMoreThanYourself,
        body: Type.Object(fields),
        bodyExample: { name: 'Ana', email: 'ana@example.com', role: 'manager' },
        answer: { ...OneUser, sign_in_link: Link },
        status: 201,
        showsSecret: true,
        rules: ['limit_reached'],
        example: { user: userExample, sign_in_link: linkExample },
      },
      async ({ scope, body, can, publicUrl }) => {
        ensureMayManage(can, body.role)
        const user = await createUser(scope, body)
        return { user, sign_in_link: linkAddress(publicUrl, await createSignInLink(scope, user.id)) }
      },
    ),
    ...(['PUT', 'PATCH'] as const).map((method) =>
      route(
        method === 'PUT' ? 'updateUser' : 'patchUser',
        `${method} /users/{id}`,
        {
          permission: 'users:write',
          summary: 'Change somebody’s name, e-mail or role',
          description: noMoreThanYourself,
          params: UserId,
          body: Type.Partial(Type.Object(fields)),
          bodyExample: { role: 'admin' },
          answer: OneUser,
          rules: ['last_admin'],
          example: { user: userExample },
        },
        async ({ scope, params, body, can }) => ({ user: await changeUser(scope, can, params.id, body) }),
      ),
    ),
    route(
      'deactivateUser',
      'POST /users/{id}/deactivate',
      {
        permission: 'users:write',
        summary: 'Deactivate somebody and hand over their leads and tasks',
        description: `They are signed out everywhere at once. ${noMoreThanYourself}`,
        params: UserId,
        body: Type.Object({
          hand_over_to: nullable(
            ref('users', { description: 'Who gets what was theirs; null leaves it unassigned.' }),
          ),
        }),
        bodyExample: { hand_over_to: 7 },
        answer: OneUser,
        rules: ['last_admin'],
        example: { user: { ...userExample, is_active: false } },
      },
      async ({ scope, params, body, can }) => {
        const departure = { handOverTo: body.hand_over_to, handOvers }
        return { user: await deactivateUser(scope, can, params.id, departure) }
      },
    ),
    route(
      'activateUser',
      'POST /users/{id}/activate',
      {
        permission: 'users:write',
        summary: 'Let somebody back in',
        params: UserId,
        answer: OneUser,
        rules: ['limit_reached'],
        example: { user: userExample },
      },
      async ({ scope, params, can }) => ({ user: await activateUser(scope, can, params.id) }),
    ),
    route(
      'createSignInLink',
      'POST /users/{id}/sign-in-link',
      {
        permission: 'users:write',
        summary: 'A new sign-in link for somebody',
        description: `For whoever lost theirs or forgot their password. ${noMoreThanYourself}`,
        params: UserId,
        answer: { sign_in_link: Link },
        status: 201,
        showsSecret: true,
        rules: ['user_inactive'],
        example: { sign_in_link: linkExample },
      },
      async ({ scope, params, can, publicUrl }) => ({
        sign_in_link: linkAddress(publicUrl, await renewSignInLink(scope, can, params.id)),
      }),
    ),
  ])
