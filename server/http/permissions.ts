import { scopes } from '#accounts/keys/scopes.ts'
import type { Route } from '#platform/route.ts'

const known = new Set<string>([...scopes, 'session', 'admin'])

/** A route that does not say what it needs does not boot. To be open to all, it must be made with `publicRoute`. */
export function ensurePermissions(routes: Route[]) {
  for (const { method, path, permission, publicHandler } of routes) {
    const isOpen = permission === 'public' && publicHandler !== undefined
    if (!isOpen && !known.has(permission)) {
      throw new Error(`${method} ${path} needs a permission of the catalogue, not "${permission}"`)
    }
  }
}
