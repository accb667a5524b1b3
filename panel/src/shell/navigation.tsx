import { Button, Group, Kbd, NavLink, Stack, Text } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { Search } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import { useSession } from '../api/session.ts'
import { ProgressCard } from '../start/progress-card.tsx'
import { useWords } from '../words/words.ts'
import { AccountMenu } from './account-menu.tsx'
import { badges } from './badges.tsx'
import { Logo } from './logo.tsx'
import { isAt, screens } from './screens.ts'
import { commandKey } from './shortcuts.ts'

export function Navigation() {
  const { shell, common } = useWords()
  const { permissions } = useSession()
  const [location] = useLocation()
  return (
    <Stack gap={4} p="xs" h="100%">
      <Group gap="xs" px="xs" py={6}>
        <Logo />
        <Text fw={600}>{shell.product}</Text>
      </Group>
      <Button
        variant="default"
        justify="flex-start"
        styles={{ label: { flex: 1 } }}
        leftSection={<Search size={16} aria-hidden />}
        rightSection={<Kbd size="xs">{commandKey} K</Kbd>}
        mb="xs"
        onClick={spotlight.open}
      >
        {common.search}
      </Button>
      {screens.map((screen) =>
        permissions.includes(screen.needs) ? (
          <NavLink
            key={screen.name}
            component={Link}
            href={screen.path}
            label={shell[screen.name]}
            leftSection={<screen.icon size={18} strokeWidth={1.75} aria-hidden />}
            rightSection={badges[screen.name]}
            active={isAt(location, screen)}
            aria-current={isAt(location, screen) ? 'page' : undefined}
            style={{ borderRadius: 'var(--mantine-radius-md)' }}
          />
        ) : null,
      )}
      <div style={{ flex: 1 }} />
      <ProgressCard />
      <AccountMenu />
    </Stack>
  )
}
