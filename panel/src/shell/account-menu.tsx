import { Avatar, Group, Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { BookOpen, Check, Keyboard, LogOut } from 'lucide-react'
import { useChange } from '../api/change.tsx'
import { client } from '../api/look.ts'
import { useSession } from '../api/session.ts'
import { useSpeak } from '../words/in-words.tsx'
import { locales, useWords } from '../words/words.ts'
import { showShortcuts } from './shortcuts.ts'

const themes = ['light', 'dark', 'auto'] as const

export function AccountMenu({ isSmall = false }: { isSmall?: boolean }) {
  const { shell, locale } = useWords()
  const { user, account } = useSession()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const speak = useSpeak()
  const leave = useChange('DELETE /session', {
    done() {
      client.clear()
      location.assign('/sign-in')
    },
  })
  const chosen = (isChosen: boolean) => (isChosen ? <Check size={16} aria-hidden /> : null)
  return (
    <Menu position={isSmall ? 'bottom-end' : 'top-start'} width={220} shadow="md">
      <Menu.Target>
        <UnstyledButton p={6} aria-label={shell.account(user.name)}>
          <Group gap="xs" wrap="nowrap">
            <Avatar name={user.name} color="teal" size={32} aria-hidden />
            {!isSmall && (
              <div style={{ minWidth: 0 }}>
                <Text size="sm" fw={500} truncate>
                  {user.name}
                </Text>
                <Text size="xs" c="dimmed" truncate>
                  {account.name}
                </Text>
              </div>
            )}
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{shell.theme}</Menu.Label>
        {themes.map((theme) => (
          <Menu.Item
            key={theme}
            role="menuitemradio"
            aria-checked={colorScheme === theme}
            rightSection={chosen(colorScheme === theme)}
            onClick={() => setColorScheme(theme)}
          >
            {shell[theme]}
          </Menu.Item>
        ))}
        <Menu.Label>{shell.language}</Menu.Label>
        {locales.map((each) => (
          <Menu.Item
            key={each}
            role="menuitemradio"
            aria-checked={locale === each}
            rightSection={chosen(locale === each)}
            lang={each}
            onClick={() => speak(each)}
          >
            {shell.languages[each]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<Keyboard size={16} aria-hidden />} onClick={showShortcuts}>
          {shell.shortcuts}
        </Menu.Item>
        <Menu.Item
          component="a"
          href="/docs"
          target="_blank"
          leftSection={<BookOpen size={16} aria-hidden />}
        >
          {shell.apiReference}
        </Menu.Item>
        <Menu.Item leftSection={<LogOut size={16} aria-hidden />} onClick={() => leave.mutate({})}>
          {shell.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
