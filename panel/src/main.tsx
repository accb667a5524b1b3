import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './theme.css'
import { createRoot } from 'react-dom/client'
import { client, look } from './api/look.ts'
import { App } from './app.tsx'
import { fetchScreenAt } from './screen-code.ts'

// Who is here, and the screen's own code, are fetched beside the words and not after them.
const { pathname } = location
fetchScreenAt(pathname).catch(() => {})
if (pathname !== '/sign-in') client.prefetchQuery(look('GET /session'))

createRoot(document.getElementById('panel')!).render(<App />)

// While a hand moves towards a link.
document.addEventListener('pointerover', ({ target }) => {
  const link = (target as Element).closest?.('a[href]') as HTMLAnchorElement | null
  if (link?.origin === location.origin) fetchScreenAt(link.pathname).catch(() => {})
})
