import { Badge, Button, Code, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import type { AnswerOf } from '../../api/call.ts'
import { look } from '../../api/look.ts'
import { Asked } from '../../parts/asked.tsx'
import { useFormat } from '../../parts/format.ts'
import { Notice } from '../../parts/notice.tsx'
import { useWords } from '../../words/words.ts'
import { CodeBlock } from '../parts/code-block.tsx'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { ShownOnce } from '../parts/shown-once.tsx'
import { KeyForm } from './key-form.tsx'
import { RevokeButton } from './revoke-button.tsx'
import { useScopeWords } from './scopes.ts'

export type ApiKey = AnswerOf<'GET /api-keys'>['data'][number]

export default function Keys() {
  const { settings } = useWords()
  const words = settings.access
  const [isMaking, make] = useState(false)
  const [made, show] = useState<{ name: string; key: string } | null>(null)
  const asked = useQuery(look('GET /api-keys'))
  return (
    <Section
      title={settings.sections.keys}
      help={words.keysHelp}
      beside={
        <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => make(true)}>
          {words.newKey}
        </Button>
      }
    >
      <Asked of={asked}>{({ data }) => <List keys={data} />}</Asked>
      {isMaking && <KeyForm close={() => make(false)} show={show} />}
      {made && (
        <ShownOnce
          title={words.keyReady(made.name)}
          warning={words.keyOnce}
          label={words.key}
          value={made.key}
          close={() => show(null)}
        >
          <div>
            <Text size="sm" mb={4}>
              {words.keyTry}
            </Text>
            <CodeBlock text={`curl ${location.origin}/api/v1/leads -H "X-API-Key: ${made.key}"`} />
          </div>
        </ShownOnce>
      )}
    </Section>
  )
}

function List({ keys }: { keys: ApiKey[] }) {
  const { settings } = useWords()
  const words = settings.access
  const alive = keys.filter(({ revoked_at }) => revoked_at === null)
  const revoked = keys.filter(({ revoked_at }) => revoked_at !== null)
  return (
    <Stack gap="lg">
      {alive.length === 0 ? (
        <Notice title={words.noKeys} text={words.noKeysHelp} />
      ) : (
        <Rows label={settings.sections.keys}>
          {alive.map((key) => (
            <KeyRow key={key.id} apiKey={key} />
          ))}
        </Rows>
      )}
      {revoked.length > 0 && (
        <section>
          <Title order={2} size="h3" mb="xs">
            {words.revokedKeys}
          </Title>
          <Rows label={words.revokedKeys}>
            {revoked.map((key) => (
              <KeyRow key={key.id} apiKey={key} />
            ))}
          </Rows>
        </section>
      )}
    </Stack>
  )
}

function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const words = useWords().settings.access
  const { ago, day } = useFormat()
  const inWords = useScopeWords()
  const { name, prefix, scopes, expires_at, revoked_at, last_used_at } = apiKey
  const isExpired = expires_at !== null && Date.parse(expires_at) < Date.now()
  const uses = [
    last_used_at ? words.lastUsed(ago(last_used_at)) : words.neverUsed,
    expires_at && (isExpired ? words.expiredOn(day(expires_at)) : words.expiresOn(day(expires_at))),
    revoked_at && words.revokedOn(day(revoked_at)),
  ]
  return (
    <Row
      icon={<KeyRound size={20} strokeWidth={1.75} aria-hidden />}
      title={name}
      isOff={revoked_at !== null}
      badges={
        <>
          <Code>{prefix}…</Code>
          {isExpired && revoked_at === null && (
            <Badge color="red" variant="light" tt="none">
              {words.expired}
            </Badge>
          )}
        </>
      }
      detail={
        <>
          {inWords(scopes)}
          <br />
          {uses.filter(Boolean).join(' · ')}
        </>
      }
    >
      {revoked_at === null && <RevokeButton apiKey={apiKey} />}
    </Row>
  )
}
