import { Link, useLocation } from 'wouter'
import { useSession } from '../api/session.ts'
import { useWords } from '../words/words.ts'
import { badges } from './badges.tsx'
import { isAt, screens } from './screens.ts'

/** Below the screen on a phone, under the thumb. */
export function Tabs() {
  const { shell } = useWords()
  const { permissions } = useSession()
  const [location] = useLocation()
  return (
    <nav aria-label={shell.navigation} style={{ display: 'flex', height: '100%' }}>
      {screens.map((screen) =>
        permissions.includes(screen.needs) ? (
          <Link
            key={screen.name}
            href={screen.path}
            className="shell-tab"
            aria-current={isAt(location, screen) ? 'page' : undefined}
          >
            <screen.icon size={20} strokeWidth={1.75} aria-hidden />
            <span>{shell.short[screen.name]}</span>
            <span className="shell-tab-count">{badges[screen.name]}</span>
          </Link>
        ) : null,
      )}
    </nav>
  )
}
