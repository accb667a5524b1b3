import { Alert, Anchor, Box, Text } from '@mantine/core'
import { ChevronLeft, Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Screen } from '../../parts/screen.tsx'
import { useWords } from '../../words/words.ts'

type Wanted = {
  title: string
  help?: ReactNode
  beside?: ReactNode
  /** Where one came from, when that is not the list of all settings. */
  from?: { path: string; name: string }
  /** What somebody who may only look cannot change. */
  isLocked?: boolean
  children: ReactNode
}

/** One section of the settings: what it is for, and its content. */
export function Section({ title, help, beside, from, isLocked = false, children }: Wanted) {
  const { settings } = useWords()
  const back = from ?? { path: '/settings', name: settings.title }
  return (
    <div className="settings-section">
      <Anchor
        component={Link}
        href={back.path}
        size="sm"
        className="settings-back"
        hiddenFrom={from ? undefined : 'md'}
      >
        <ChevronLeft size={16} aria-hidden /> {back.name}
      </Anchor>
      <Screen title={title} beside={beside}>
        {help && (
          <Text c="dimmed" size="sm" maw="42rem" mt={{ base: 0, sm: -8 }} mb="md" component="div">
            {help}
          </Text>
        )}
        {isLocked && (
          <Alert color="gray" icon={<Lock size={16} aria-hidden />} mb="md" role="note">
            {settings.onlyLooking}
          </Alert>
        )}
        <Box>{children}</Box>
      </Screen>
    </div>
  )
}
