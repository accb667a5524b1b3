import { Badge, Button, Divider, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { Link } from 'wouter'
import { look } from '../../api/look.ts'
import { useCan } from '../../api/session.ts'
import { Asked } from '../../parts/asked.tsx'
import { useFormat } from '../../parts/format.ts'
import { Notice } from '../../parts/notice.tsx'
import { useWords } from '../../words/words.ts'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { ArrivalSettings } from './arrival-settings.tsx'
import { StatusBadge, useStatusSentence } from './number-status.tsx'
import { ProviderIcon } from './provider-icon.tsx'
import { SandboxButton } from './sandbox-button.tsx'

export function NumberList() {
  const { settings } = useWords()
  const { phone } = useFormat()
  const words = settings.whatsapp
  const sentenceOf = useStatusSentence()
  const mayChange = useCan('whatsapp:write')
  const asked = useQuery(look('GET /whatsapp/instances'))
  const connect = (
    <Button component={Link} href="/settings/whatsapp/new" leftSection={<Plus size={16} aria-hidden />}>
      {words.connect}
    </Button>
  )
  return (
    <Section
      title={settings.sections.numbers}
      help={words.help}
      isLocked={!mayChange}
      beside={mayChange && connect}
    >
      <Asked of={asked}>
        {({ data }) =>
          data.length === 0 ? (
            <Notice title={words.none} text={words.noneHelp}>
              {mayChange && (
                <Group gap="xs" justify="center">
                  <SandboxButton />
                </Group>
              )}
            </Notice>
          ) : (
            <Rows label={settings.sections.numbers}>
              {data.map((number) => (
                <Row
                  key={number.id}
                  icon={<ProviderIcon provider={number.provider} />}
                  title={number.display_name}
                  href={`/settings/whatsapp/${number.id}`}
                  badges={
                    number.is_primary && (
                      <Badge variant="light" tt="none">
                        {words.primary}
                      </Badge>
                    )
                  }
                  detail={
                    <>
                      {[number.phone_number && phone(number.phone_number), words.providers[number.provider]]
                        .filter(Boolean)
                        .join(' · ')}
                      {number.status !== 'connected' && <div>{sentenceOf(number)}</div>}
                    </>
                  }
                >
                  <StatusBadge number={number} />
                </Row>
              ))}
            </Rows>
          )
        }
      </Asked>
      {asked.data && (
        <>
          <Divider my="lg" />
          <ArrivalSettings mayChange={mayChange} />
        </>
      )}
    </Section>
  )
}
