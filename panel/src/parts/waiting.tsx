import { Center, Loader } from '@mantine/core'
import { useWords } from '../words/words.ts'

/** Quiet at first: most answers are there before anybody would see it. */
export function Waiting() {
  const { common } = useWords()
  return (
    <Center h="12rem" className="waiting" role="status" aria-label={common.loading}>
      <Loader size="sm" aria-hidden />
    </Center>
  )
}
