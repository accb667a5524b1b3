import { Button, Group, Text } from '@mantine/core'
import { useWords } from '../words/words.ts'

/** What a notification says, with the way back. */
export function Said({ text, undo }: { text: string; undo?: () => void }) {
  const words = useWords()
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Text size="sm">{text}</Text>
      {undo && (
        <Button size="compact-sm" variant="subtle" flex="none" onClick={undo}>
          {words.common.undo}
        </Button>
      )}
    </Group>
  )
}
