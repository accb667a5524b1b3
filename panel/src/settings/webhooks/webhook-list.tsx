import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Plus, Webhook as WebhookIcon } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { look } from '../../api/look.ts'
import { useCan } from '../../api/session.ts'
import { Asked } from '../../parts/asked.tsx'
import { useFormat } from '../../parts/format.ts'
import { Notice } from '../../parts/notice.tsx'
import { useWords } from '../../words/words.ts'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { ShownOnce } from '../parts/shown-once.tsx'
import { useEventWords } from './event-words.ts'
import { WebhookForm } from './webhook-form.tsx'
import { WebhookState } from './webhook-state.tsx'

export function WebhookList() {
  const { settings } = useWords()
  const words = settings.webhooks
  const mayChange = useCan('webhooks:write')
  const [, go] = useLocation()
  const [isMaking, make] = useState(false)
  const [made, show] = useState<{ id: number; secret: string } | null>(null)
  const asked = useQuery(look('GET /webhooks'))
  const create = mayChange && (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => make(true)}>
      {words.create}
    </Button>
  )
  return (
    <Section title={settings.sections.webhooks} help={words.help} isLocked={!mayChange} beside={create}>
      <Asked of={asked}>
        {({ data }) =>
          data.length === 0 ? (
            <Notice title={words.none} text={words.noneHelp} />
          ) : (
            <Rows label={settings.sections.webhooks}>
              {data.map((webhook) => (
                <Row
                  key={webhook.id}
                  icon={<WebhookIcon size={20} strokeWidth={1.75} aria-hidden />}
                  title={webhook.target_url}
                  href={`/settings/webhooks/${webhook.id}`}
                  detail={<Summary webhook={webhook} />}
                >
                  <WebhookState webhook={webhook} />
                </Row>
              ))}
            </Rows>
          )
        }
      </Asked>
      {isMaking && asked.data && (
        <WebhookForm events={asked.data.supported_events} close={() => make(false)} show={show} />
      )}
      {made && (
        <ShownOnce
          title={words.created}
          warning={words.secretOnce}
          label={words.secret}
          value={made.secret}
          close={() => go(`/settings/webhooks/${made.id}`)}
        />
      )}
    </Section>
  )
}

type Listed = { events: string[]; last_success_at: string | null }

function Summary({ webhook: { events, last_success_at } }: { webhook: Listed }) {
  const words = useWords().settings.webhooks
  const inWords = useEventWords()
  const { ago } = useFormat()
  const shown = events.length > 3 ? words.events(events.length) : events.map(inWords).join(', ')
  return (
    <>
      {shown}
      <br />
      {last_success_at ? words.lastSuccess(ago(last_success_at)) : words.neverDelivered}
    </>
  )
}
