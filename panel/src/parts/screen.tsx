import { Box, Group, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { nameTab } from './title.ts'

type Wanted = {
  title: string
  /** In the place of the title's text, inside of the h1. */
  heading?: ReactNode
  beside?: ReactNode
  /** As high as the window: its parts scroll, and the screen does not. */
  isFull?: boolean
  children: ReactNode
}

/** A screen: its one h1, which also names the browser's tab, what stands beside it, and its content. */
export function Screen({ title, heading = title, beside, isFull = false, children }: Wanted) {
  useEffect(() => {
    nameTab(title)
  }, [title])
  return (
    <Box p={{ base: 'sm', sm: 'md' }} className={isFull ? 'screen-full' : undefined}>
      <Group justify="space-between" mb={{ base: 'xs', sm: 'md' }} mih={36}>
        <Title order={1}>{heading}</Title>
        {beside && <Group gap="xs">{beside}</Group>}
      </Group>
      {children}
    </Box>
  )
}
