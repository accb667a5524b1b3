import { AppShell } from '@mantine/core'
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { useLive } from '../api/live.ts'
import { useCan } from '../api/session.ts'
import { Attention } from '../conversations/alerts/attention.tsx'
import { Boundary } from '../parts/boundary.tsx'
import { useWords } from '../words/words.ts'
import { Header } from './header.tsx'
import { Navigation } from './navigation.tsx'
import { Palette } from './palette.tsx'
import { ShortcutSheet } from './shortcut-sheet.tsx'
import { Tabs } from './tabs.tsx'

const phoneHeader = { base: 52, sm: 0 }
const phoneTabs = { base: 60, sm: 0 }

/** What stands around every screen: navigation at the side, or above and below it on a phone. */
export function Frame({ children }: { children: ReactNode }) {
  const { shell } = useWords()
  const [path] = useLocation()
  const mayTalk = useCan('whatsapp:read')
  useLive()
  return (
    <AppShell
      header={{ height: phoneHeader }}
      footer={{ height: phoneTabs }}
      navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: true } }}
      transitionDuration={0}
    >
      <a className="shell-skip" href="#main">
        {shell.skip}
      </a>
      <AppShell.Header hiddenFrom="sm">
        <Header />
      </AppShell.Header>
      <AppShell.Navbar visibleFrom="sm" withBorder aria-label={shell.navigation}>
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        <Boundary at={path}>{children}</Boundary>
      </AppShell.Main>
      <AppShell.Footer hiddenFrom="sm">
        <Tabs />
      </AppShell.Footer>
      {mayTalk && <Attention />}
      <Palette />
      <ShortcutSheet />
    </AppShell>
  )
}
