import { scopes } from '#accounts/scopes.ts'
import type { Route } from '#platform/route.ts'

const known = new Set<string>([...scopes, 'admin'])

/** A route that does not say what it needs does not boot. */
export function ensurePermissions(routes: Route[]) {
  for (const { method, path, permission } of routes) {
    if (!known.has(permission)) {
      throw new Error(`${method} ${path} needs a permission of the catalogue, not "${permission}"`)
    }
  }
}
