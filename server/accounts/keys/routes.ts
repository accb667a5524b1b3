import { Type } from 'typebox'
import { createKey, listKeys, revokeKey } from '#accounts/keys/keys.ts'
import { scopes } from '#accounts/keys/scopes.ts'
import { invalid } from '#platform/errors.ts'
import { route, tagged } from '#platform/route.ts'
import { Id, nullable, oneOf, Timestamp, text } from '#platform/shapes.ts'

const Moment = Type.Unsafe<Date | null>({ type: ['string', 'null'], format: 'date-time' })
const Key = Type.Object({
  id: Id,
  name: Type.String(),
  prefix: Type.String({ description: 'The first characters: all that is ever shown again.' }),
  scopes: Type.Array(Type.String()),
  rate_limit: Type.Integer({ description: 'Requests a minute.' }),
  created_at: Timestamp,
  expires_at: Moment,
  revoked_at: Moment,
  last_used_at: Moment,
})
const NewKey = Type.Object({
  name: text(255),
  scopes: Type.Optional(
    Type.Array(oneOf(scopes), { minItems: 1, description: 'Every scope, unless some are chosen.' }),
  ),
  expires_at: Type.Optional(nullable(Timestamp)),
})
const keyExample = {
  id: 4,
  name: 'n8n',
  prefix: 'crm_Zk3mQ0aB',
  scopes: ['leads:read', 'leads:write'],
  rate_limit: 60,
  created_at: '2026-06-30T10:00:00.000Z' as unknown as Date,
  expires_at: null,
  revoked_at: null,
  last_used_at: null,
}
const onlyAdmins = 'Only for a signed-in admin: no key, whatever its scopes, makes or ends keys.'

export const keyRoutes = tagged('API keys', [
  route(
    'listApiKeys',
    'GET /api-keys',
    {
      permission: 'admin',
      summary: 'The account’s API keys, by prefix',
      description: onlyAdmins,
      answer: { data: Type.Array(Key) },
      example: { data: [keyExample] },
    },
    async ({ scope }) => ({ data: await listKeys(scope) }),
  ),
  route(
    'createApiKey',
    'POST /api-keys',
    {
      permission: 'admin',
      summary: 'Create an API key',
      description: `The whole key is in this answer only. ${onlyAdmins}`,
      body: NewKey,
      bodyExample: { name: 'n8n', scopes: ['leads:read', 'leads:write'] },
      answer: { api_key: Key, key: Type.String({ description: 'Send it as `X-API-Key`.' }) },
      status: 201,
      showsSecret: true,
      example: { api_key: keyExample, key: 'crm_Zk3mQ0aB…' },
    },
    async ({ scope, body: { name, scopes, expires_at } }) => {
      if (expires_at && expires_at <= new Date())
        throw invalid({ expires_at: ['The expires at field must be a date after now.'] })
      const { key, ...api_key } = await createKey(scope, { name, scopes, expiresAt: expires_at })
      return { api_key, key }
    },
  ),
  route(
    'revokeApiKey',
    'DELETE /api-keys/{id}',
    {
      permission: 'admin',
      summary: 'Revoke an API key',
      description: `It is refused from the very next request. Revoking twice is once. ${onlyAdmins}`,
      params: Type.Object({ id: Id }),
      answer: { api_key: Key },
      example: { api_key: { ...keyExample, revoked_at: '2026-07-01T10:00:00.000Z' as unknown as Date } },
    },
    async ({ scope, params }) => ({ api_key: await revokeKey(scope, params.id) }),
  ),
])
