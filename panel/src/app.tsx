import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useMemo } from 'react'
import { Route, Router, Switch } from 'wouter'
import { client } from './api/look.ts'
import { Boundary } from './parts/boundary.tsx'
import { aroundNav } from './parts/leaving.tsx'
import { Waiting } from './parts/waiting.tsx'
import { NoSuchPage } from './shell/no-such-page.tsx'
import { SignedIn } from './shell/signed-in.tsx'
import { themeIn } from './theme.ts'
import { InWords } from './words/in-words.tsx'
import { useWords } from './words/words.ts'

// One line for each screen; each is loaded when somebody goes there.
const Board = lazy(() => import('./pipelines/board.tsx'))
const Leads = lazy(() => import('./leads/list.tsx'))
const Lead = lazy(() => import('./leads/lead.tsx'))
const Inbox = lazy(() => import('./conversations/inbox.tsx'))
const Tasks = lazy(() => import('./tasks/list.tsx'))
const Reports = lazy(() => import('./reports/reports.tsx'))
const Settings = lazy(() => import('./settings/settings.tsx'))
const Start = lazy(() => import('./start/start.tsx'))
const SignIn = lazy(() => import('./sign-in/sign-in.tsx'))

export function App() {
  return (
    <InWords>
      <Themed>
        <QueryClientProvider client={client}>
          <Notifications position="bottom-right" />
          <Router aroundNav={aroundNav}>
            <Boundary>
              <Suspense fallback={<Waiting />}>
                <Switch>
                  <Route path="/sign-in" component={SignIn} />
                  <Route component={Inside} />
                </Switch>
              </Suspense>
            </Boundary>
          </Router>
        </QueryClientProvider>
      </Themed>
    </InWords>
  )
}

function Themed({ children }: { children: ReactNode }) {
  const words = useWords()
  const theme = useMemo(() => themeIn(words), [words])
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      {children}
    </MantineProvider>
  )
}

const Inside = () => (
  <SignedIn>
    <Switch>
      <Route path="/" component={Board} />
      <Route path="/pipelines/:pipeline" component={Board} />
      <Route path="/leads" component={Leads} />
      <Route path="/leads/:lead" component={Lead} />
      <Route path="/inbox/:conversation?" component={Inbox} />
      <Route path="/tasks/:view?" component={Tasks} />
      <Route path="/reports/:report?" component={Reports} />
      <Route path="/settings/:section?/:id?" component={Settings} />
      <Route path="/start" component={Start} />
      <Route component={NoSuchPage} />
    </Switch>
  </SignedIn>
)
