import { Button, Group } from '@mantine/core'
import { useSpeak } from '../words/in-words.tsx'
import { locales, useWords } from '../words/words.ts'

export function Language() {
  const { shell, locale } = useWords()
  const speak = useSpeak()
  return (
    <Group justify="center" gap={4} role="group" aria-label={shell.language}>
      {locales.map((each) => (
        <Button
          key={each}
          size="compact-sm"
          variant="subtle"
          color="gray"
          lang={each}
          aria-pressed={each === locale}
          fw={each === locale ? 700 : 400}
          onClick={() => speak(each)}
        >
          {shell.languages[each]}
        </Button>
      ))}
    </Group>
  )
}
