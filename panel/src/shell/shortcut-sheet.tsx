import { Group, Kbd, Modal, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { useSession } from '../api/session.ts'
import { useWords } from '../words/words.ts'
import { type ScreenLink, screens } from './screens.ts'
import { commandKey, onShowShortcuts, showShortcuts, useKnownShortcuts, useShortcut } from './shortcuts.ts'

export function ShortcutSheet() {
  const { shell } = useWords()
  const { permissions } = useSession()
  const [isOpen, setOpen] = useState(false)
  const known = useKnownShortcuts()
  useEffect(() => onShowShortcuts(() => setOpen(true)), [])
  useShortcut('?', shell.keyShortcuts, showShortcuts)
  return (
    <>
      {screens.map((screen) =>
        permissions.includes(screen.needs) ? <GoKey key={screen.name} screen={screen} /> : null,
      )}
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={shell.shortcuts}>
        <Stack gap="xs">
          <Line keys={[commandKey, 'K']} between="+" does={shell.keyPalette} />
          {known.map(({ keys, does }) => (
            <Line key={keys} keys={keys.split(' ')} between={shell.followedBy} does={does} />
          ))}
        </Stack>
      </Modal>
    </>
  )
}

function GoKey({ screen }: { screen: ScreenLink }) {
  const { shell } = useWords()
  const [, go] = useLocation()
  useShortcut(`g ${screen.letter}`, shell.keyGo(shell[screen.name]), () => go(screen.path))
  return null
}

function Line({ keys, between, does }: { keys: string[]; between: string; does: string }) {
  return (
    <Group justify="space-between">
      <Text size="sm">{does}</Text>
      <Group gap={6}>
        {keys.map((key, index) => (
          <Group gap={6} key={key}>
            {index > 0 && (
              <Text size="xs" c="dimmed">
                {between}
              </Text>
            )}
            <Kbd>{key}</Kbd>
          </Group>
        ))}
      </Group>
    </Group>
  )
}
