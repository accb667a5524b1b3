import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import type { AnswerOf } from '../../api/call.ts'
import { useChange } from '../../api/change.tsx'
import { look } from '../../api/look.ts'
import { useCan } from '../../api/session.ts'
import { Asked } from '../../parts/asked.tsx'
import { useFormat } from '../../parts/format.ts'
import { useWords, type Words } from '../../words/words.ts'
import { Section } from '../parts/section.tsx'
import { Deliveries } from './deliveries.tsx'
import { useEventWords } from './event-words.ts'
import { WebhookMenu } from './webhook-menu.tsx'
import { WebhookState } from './webhook-state.tsx'

export type ShownWebhook = AnswerOf<'GET /webhooks/{id}'>

export function WebhookDetail({ id }: { id: number }) {
  const { settings } = useWords()
  const words = settings.webhooks
  const mayChange = useCan('webhooks:write')
  const asked = useQuery(look('GET /webhooks/{id}', { params: { id } }))
  const test = useChange('POST /webhooks/{id}/test', { said: () => ({ text: words.tested }) })
  return (
    <Section
      title={asked.data ? hostOf(asked.data.target_url) : settings.sections.webhooks}
      from={{ path: '/settings/webhooks', name: settings.sections.webhooks }}
      isLocked={!mayChange}
      beside={
        asked.data &&
        mayChange && (
          <>
            <Button
              variant="default"
              loading={test.isPending}
              onClick={() => test.mutate({ params: { id } })}
            >
              {words.test}
            </Button>
            <WebhookMenu webhook={asked.data} />
          </>
        )
      }
    >
      <Asked of={asked}>
        {(webhook) => (
          <Stack>
            <Facts webhook={webhook} />
            <Trouble webhook={webhook} mayChange={mayChange} />
            <section>
              <Title order={2} mt="xs" mb="xs">
                {words.deliveries}
              </Title>
              <Deliveries id={id} mayChange={mayChange} />
            </section>
          </Stack>
        )}
      </Asked>
    </Section>
  )
}

function Facts({ webhook }: { webhook: ShownWebhook }) {
  const words = useWords().settings.webhooks
  const inWords = useEventWords()
  const { ago } = useFormat()
  const { target_url, events, last_success_at } = webhook
  return (
    <div>
      <Group gap="xs" mb={4}>
        <WebhookState webhook={webhook} />
        <Text size="sm" c="dimmed">
          {last_success_at ? words.lastSuccess(ago(last_success_at)) : words.neverDelivered}
        </Text>
      </Group>
      <Text className="settings-mono" style={{ overflowWrap: 'anywhere' }}>
        {target_url}
      </Text>
      <Text size="sm" c="dimmed" mt={4}>
        {words.hears(events.map(inWords).join(', '))}
      </Text>
    </div>
  )
}

/** Why it is off, or what went wrong last; and the way on. */
function Trouble({ webhook, mayChange }: { webhook: ShownWebhook; mayChange: boolean }) {
  const words = useWords().settings.webhooks
  const switchOn = useChange('PUT /webhooks/{id}', { said: () => ({ text: words.isOn }) })
  const { id, is_active, disabled_reason, last_failure_reason, failure_count } = webhook
  if (is_active && failure_count === 0) return null
  return (
    <Alert
      color={is_active ? 'yellow' : 'red'}
      icon={<TriangleAlert size={16} aria-hidden />}
      title={is_active ? words.failingTitle : disabled_reason ? words.disabledTitle : words.offTitle}
      role="status"
    >
      {disabled_reason && <Text size="sm">{whyOff(disabled_reason, words)}</Text>}
      {last_failure_reason && <Text size="sm">{words.lastFailure(last_failure_reason)}</Text>}
      <Text size="sm">{is_active ? words.failingHelp : words.offHelp}</Text>
      {!is_active && mayChange && (
        <Button
          mt="xs"
          size="xs"
          loading={switchOn.isPending}
          onClick={() => switchOn.mutate({ params: { id }, body: { is_active: true } })}
        >
          {words.switchOn}
        </Button>
      )}
    </Alert>
  )
}

/** The API says it in English; these two are all that there are. */
const whyOff = (reason: string, words: Words['settings']['webhooks']) =>
  reason.includes('gone for good') ? words.offGone : reason.includes('five days') ? words.offFailing : reason

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : url)
