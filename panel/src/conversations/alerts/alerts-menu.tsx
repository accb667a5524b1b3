import { ActionIcon, Popover, Stack, Switch, Text } from '@mantine/core'
import { Bell, BellOff } from 'lucide-react'
import { useState } from 'react'
import { useWords } from '../../words/words.ts'
import { chime } from './chime.ts'
import { useAlertWishes } from './wishes.ts'

export function AlertsMenu() {
  const { conversations } = useWords()
  const [wishes, wish] = useAlertWishes()
  const [isRefused, setRefused] = useState(false)
  const Mark = wishes.browser || wishes.sound ? Bell : BellOff
  async function wishBrowser(wanted: boolean) {
    const answer = wanted ? await window.Notification?.requestPermission() : 'granted'
    setRefused(answer !== 'granted')
    wish({ ...wishes, browser: wanted && answer === 'granted' })
  }
  function wishSound(sound: boolean) {
    if (sound) chime()
    wish({ ...wishes, sound })
  }
  return (
    <Popover position="bottom-end" width={300} shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon
          size={36}
          variant="default"
          aria-label={conversations.alerts}
          title={conversations.alerts}
        >
          <Mark size={18} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={conversations.alerts}>
        <Stack gap="sm">
          <Switch
            label={conversations.alertBrowser}
            checked={wishes.browser}
            onChange={({ currentTarget }) => wishBrowser(currentTarget.checked)}
            error={isRefused && conversations.alertRefused}
          />
          <Switch
            label={conversations.alertSound}
            checked={wishes.sound}
            onChange={({ currentTarget }) => wishSound(currentTarget.checked)}
          />
          <Text size="xs" c="dimmed">
            {conversations.alertHelp}
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
