import type { Role } from '#accounts/tables.ts'
import { forbidden } from '#platform/errors.ts'
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

/** A role is a set of these scopes, plus `session` and `admin` for what no key may do. */
export const roleScopes: Record<Role, readonly Permission[]> = {
  admin: ['admin', 'session', ...scopes],
  manager: ['session', ...scopes.filter((scope) => scope !== 'users:write')],
  viewer: ['session', ...scopes.filter((scope) => scope.endsWith(':read'))],
}

export type Can = (permission: Permission) => boolean

/** Who gives a role, takes it away or opens its door has all that it may do: nobody becomes more than they are. */
export function ensureMayManage(can: Can, role: Role) {
  // Every role has a session; to lack one is what makes a key a key.
  const lacking = roleScopes[role].find((permission) => permission !== 'session' && !can(permission))
  if (lacking) throw forbidden(lacking)
}
