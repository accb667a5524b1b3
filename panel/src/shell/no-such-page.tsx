import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { Notice } from '../parts/notice.tsx'
import { Screen } from '../parts/screen.tsx'
import { useWords } from '../words/words.ts'

export function NoSuchPage() {
  const { failures } = useWords()
  return (
    <Screen title={failures.noSuchPage}>
      <Notice title={failures.noSuchPage}>
        <Button component={Link} href="/">
          {failures.goHome}
        </Button>
      </Notice>
    </Screen>
  )
}
