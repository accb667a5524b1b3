import {
  Avatar,
  Group,
  type MantineColorScheme,
  Menu,
  Text,
  UnstyledButton,
  VisuallyHidden,
} from '@mantine/core'
import { BookOpen, Keyboard, LogOut, Rocket } from 'lucide-react'
import { Link } from 'wouter'
import { useChange } from '../api/change.tsx'
import { client } from '../api/look.ts'
import { useCan, useSession } from '../api/session.ts'
import { themes, useForgetLooks, useLooks } from '../parts/looks.ts'
import { type Locale, locales, useWords } from '../words/words.ts'
import { showShortcuts } from './shortcuts.ts'

export function AccountMenu({ isSmall = false }: { isSmall?: boolean }) {
  const { shell, start } = useWords()
  const mayManage = useCan('users:write')
  const { user, account, preferences } = useSession()
  const { locale, theme, speak, paint } = useLooks()
  const forgetLooks = useForgetLooks(preferences)
  const leave = useChange('DELETE /session', {
    done() {
      forgetLooks()
      client.clear()
      location.assign('/sign-in')
    },
  })
  return (
    <Menu position={isSmall ? 'bottom-end' : 'top-start'} width={220} shadow="md">
      <Menu.Target>
        <UnstyledButton p={6}>
          <VisuallyHidden>{shell.account}</VisuallyHidden>
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
        <Menu.RadioGroup value={theme} onChange={(chosen) => paint(chosen as MantineColorScheme)}>
          {themes.map((each) => (
            <Menu.RadioItem key={each} value={each}>
              {shell[each]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Label>{shell.language}</Menu.Label>
        <Menu.RadioGroup value={locale} onChange={(chosen) => speak(chosen as Locale)}>
          {locales.map((each) => (
            <Menu.RadioItem key={each} value={each} lang={each}>
              {shell.languages[each]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        {mayManage && (
          <Menu.Item component={Link} href="/start" leftSection={<Rocket size={16} aria-hidden />}>
            {start.title}
          </Menu.Item>
        )}
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
