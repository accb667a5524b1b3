import { Center, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { client, keyOf } from '../api/look.ts'
import type { Session } from '../api/session.ts'
import { Logo } from '../shell/logo.tsx'
import { useWords } from '../words/words.ts'
import { ForgottenForm } from './forgotten-form.tsx'
import { Language } from './language.tsx'
import { LinkForm } from './link-form.tsx'
import { PasswordForm } from './password-form.tsx'

type Way = 'link' | 'password' | 'forgotten'

export default function SignIn() {
  const { signIn, shell } = useWords()
  const [, go] = useLocation()
  const [search] = useSearchParams()
  const token = search.get('token')
  const [way, setWay] = useState<Way>(token ? 'link' : 'password')
  const title = { link: signIn.linkTitle, password: signIn.title, forgotten: signIn.forgottenTitle }[way]

  useEffect(() => {
    document.title = `${title} · Funil`
  }, [title])

  function enter(session: Session) {
    client.clear()
    client.setQueryData(keyOf('GET /session', undefined), session)
    go(placeAfter(search.get('next')), { replace: true })
  }

  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw={380}>
        <Group justify="center" gap="xs">
          <Logo />
          <Text fw={600} size="lg">
            {shell.product}
          </Text>
        </Group>
        <Paper withBorder p="lg" radius="lg">
          <Title order={1} mb="md">
            {title}
          </Title>
          {way === 'link' && <LinkForm token={token!} enter={enter} instead={() => setWay('password')} />}
          {way === 'password' && <PasswordForm enter={enter} forgotten={() => setWay('forgotten')} />}
          {way === 'forgotten' && <ForgottenForm back={() => setWay('password')} />}
        </Paper>
        <Language />
      </Stack>
    </Center>
  )
}

/** Only a place of ours: an address from elsewhere in the link leads home. */
const placeAfter = (next: string | null) => (next && /^\/(?![/\\])/.test(next) ? next : '/')
