import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** What an empty screen teaches, or a failed one says: a title, a sentence, and what to do. */
export function Notice({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <Stack align="center" gap="xs" py="xl" px="md" ta="center">
      <Title order={2}>{title}</Title>
      {text && (
        <Text c="dimmed" maw="36rem">
          {text}
        </Text>
      )}
      {children}
    </Stack>
  )
}
