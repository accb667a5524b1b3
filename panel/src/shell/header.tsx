import { ActionIcon, Group, Text } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { Search } from 'lucide-react'
import { useWords } from '../words/words.ts'
import { AccountMenu } from './account-menu.tsx'
import { Logo } from './logo.tsx'

/** Above the screen on a phone. */
export function Header() {
  const { shell } = useWords()
  return (
    <Group h="100%" px="sm" gap="xs">
      <Logo />
      <Text fw={600} style={{ flex: 1 }}>
        {shell.product}
      </Text>
      <ActionIcon variant="subtle" color="gray" size={44} aria-label={shell.palette} onClick={spotlight.open}>
        <Search size={20} aria-hidden />
      </ActionIcon>
      <AccountMenu isSmall />
    </Group>
  )
}
