import { Box, Group, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'

type Wanted = { title: string; beside?: ReactNode; children: ReactNode }

/** A screen: its one h1, which also names the browser's tab, what stands beside it, and its content. */
export function Screen({ title, beside, children }: Wanted) {
  useEffect(() => {
    document.title = `${title} · Funil`
  }, [title])
  return (
    <Box p={{ base: 'sm', sm: 'md' }}>
      <Group justify="space-between" mb="md" mih={36}>
        <Title order={1}>{title}</Title>
        {beside && <Group gap="xs">{beside}</Group>}
      </Group>
      {children}
    </Box>
  )
}
