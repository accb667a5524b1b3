import { Badge, Button, List, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { look } from '../../api/look.ts'
import { useCan, useSession } from '../../api/session.ts'
import type { User } from '../../api/types.ts'
import { Asked } from '../../parts/asked.tsx'
import { useFormat } from '../../parts/format.ts'
import { useWords } from '../../words/words.ts'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { ShownOnce } from '../parts/shown-once.tsx'
import { InviteForm } from './invite-form.tsx'
import { LinkButton } from './link-button.tsx'
import { PersonMenu } from './person-menu.tsx'

/** A sign-in link that was made for somebody: shown once. */
export type NewLink = { name: string; link: string }

export default function People() {
  const { settings } = useWords()
  const words = settings.access
  const mayChange = useCan('users:write')
  const [isInviting, invite] = useState(false)
  const [shown, show] = useState<NewLink | null>(null)
  const asked = useQuery(look('GET /users', { query: { include_inactive: true } }))
  return (
    <Section
      title={settings.sections.people}
      help={words.peopleHelp}
      isLocked={!mayChange}
      beside={
        mayChange && (
          <Button leftSection={<UserPlus size={16} aria-hidden />} onClick={() => invite(true)}>
            {words.invite}
          </Button>
        )
      }
    >
      <Asked of={asked}>
        {({ data }) => (
          <Rows label={settings.sections.people}>
            {sorted(data).map((user) => (
              <PersonRow key={user.id} user={user} everybody={data} mayChange={mayChange} show={show} />
            ))}
          </Rows>
        )}
      </Asked>
      {asked.data && <RolesExplained />}
      {isInviting && <InviteForm close={() => invite(false)} show={show} />}
      {shown && (
        <ShownOnce
          title={words.linkFor(shown.name)}
          warning={words.linkOnce}
          label={words.link}
          value={shown.link}
          close={() => show(null)}
        />
      )}
    </Section>
  )
}

type One = { user: User; everybody: User[]; mayChange: boolean; show: (link: NewLink) => void }

function PersonRow({ user, everybody, mayChange, show }: One) {
  const words = useWords().settings.access
  const me = useSession().user
  const { ago } = useFormat()
  const hasAsked = user.link_requested_at !== null && user.is_active
  return (
    <Row
      title={user.id === me.id ? words.me(user.name) : user.name}
      isOff={!user.is_active}
      badges={
        <>
          <Badge variant="light" color="gray" tt="none">
            {words.roles[user.role]}
          </Badge>
          {!user.is_active && (
            <Badge variant="outline" color="gray" tt="none">
              {words.inactive}
            </Badge>
          )}
        </>
      }
      detail={
        <>
          {user.email}
          {hasAsked && (
            <Text size="sm" c="var(--mantine-color-text)">
              {words.forgot(ago(user.link_requested_at!))}
            </Text>
          )}
        </>
      }
    >
      {mayChange && hasAsked && <LinkButton user={user} show={show} />}
      {mayChange && <PersonMenu user={user} everybody={everybody} show={show} />}
    </Row>
  )
}

function RolesExplained() {
  const words = useWords().settings.access
  return (
    <section>
      <Title order={2} size="h3" mt="lg" mb={4}>
        {words.rolesTitle}
      </Title>
      <List size="sm" spacing={2} c="dimmed">
        {(['admin', 'manager', 'viewer'] as const).map((role) => (
          <List.Item key={role}>
            <b>{words.roles[role]}</b>: {words.rolesMay[role]}
          </List.Item>
        ))}
      </List>
    </section>
  )
}

const sorted = (users: User[]) =>
  users.toSorted(
    (one, other) => Number(other.is_active) - Number(one.is_active) || one.name.localeCompare(other.name),
  )
