import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { Route, Router, Switch } from 'wouter'
import { client } from './api/look.ts'
import { Boundary } from './parts/boundary.tsx'
import { aroundNav } from './parts/leaving.tsx'
import { screens } from './screen-code.ts'
import { NoSuchPage } from './shell/no-such-page.tsx'
import { SignedIn } from './shell/signed-in.tsx'
import { themeIn } from './theme.ts'
import { InWords } from './words/in-words.tsx'
import { useWords } from './words/words.ts'

export function App() {
  return (
    <InWords>
      <Themed>
        <QueryClientProvider client={client}>
          <Notifications position="bottom-right" />
          <Router aroundNav={aroundNav}>
            <Boundary>
              <Switch>
                <Route path="/sign-in" component={screens['sign-in']} />
                <Route component={Inside} />
              </Switch>
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
      <Route path="/" component={screens.board} />
      <Route path="/pipelines/:pipeline" component={screens.board} />
      <Route path="/leads" component={screens.leads} />
      <Route path="/leads/:lead" component={screens.lead} />
      <Route path="/inbox/:conversation?" component={screens.inbox} />
      <Route path="/tasks/:view?" component={screens.tasks} />
      <Route path="/reports/:report?" component={screens.reports} />
      <Route path="/settings/:section?/:id?" component={screens.settings} />
      <Route path="/start" component={screens.start} />
      <Route component={NoSuchPage} />
    </Switch>
  </SignedIn>
)
