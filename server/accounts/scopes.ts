import type { Role } from '#accounts/tables.ts'
import type { Permission } from '#platform/route.ts'

/** Every scope that a key can have. */
export const scopes = [
  'leads:read',
  'leads:write',
  'tasks:read',
  'tasks:write',
  'pipelines:read',
  'pipelines:write',
  'custom_fields:read',
  'custom_fields:write',
  'sequences:read',
  'sequences:write',
  'whatsapp:read',
  'whatsapp:write',
  'users:read',
  'users:write',
  'webhooks:read',
  'webhooks:write',
  'events:read',
  'reports:read',
] as const satisfies Permission[]

/** A role is a set of these scopes, plus `admin` for what only a signed-in admin may do. */
export const roleScopes: Record<Role, readonly Permission[]> = {
  admin: [...scopes, 'admin'],
  manager: scopes.filter((scope) => scope !== 'users:write'),
  viewer: scopes.filter((scope) => scope.endsWith(':read')),
}
