import { Badge, Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus, Repeat } from 'lucide-react'
import { Link } from 'wouter'
import { lookOn } from '../../api/look.ts'
import { useCan } from '../../api/session.ts'
import { Asked } from '../../parts/asked.tsx'
import { useFormat } from '../../parts/format.ts'
import { Notice } from '../../parts/notice.tsx'
import { useWords } from '../../words/words.ts'
import { Row, Rows } from '../parts/rows.tsx'
import { Section } from '../parts/section.tsx'
import { PauseButton } from './pause-button.tsx'

export function SequenceList() {
  const { settings, common } = useWords()
  const words = settings.sequences
  const mayChange = useCan('sequences:write')
  const { percent } = useFormat()
  const asked = useInfiniteQuery(lookOn('GET /sequences', { query: { per_page: 50 } }))
  const create = (
    <Button component={Link} href="/settings/sequences/new" leftSection={<Plus size={16} aria-hidden />}>
      {words.create}
    </Button>
  )
  return (
    <Section
      title={settings.sections.sequences}
      help={words.help}
      isLocked={!mayChange}
      beside={mayChange && create}
    >
      <Asked of={asked}>
        {(found) =>
          found.length === 0 ? (
            <Notice title={words.none} text={words.noneHelp} />
          ) : (
            <Rows label={settings.sections.sequences}>
              {found.map((sequence) => (
                <Row
                  key={sequence.id}
                  icon={<Repeat size={20} strokeWidth={1.75} aria-hidden />}
                  title={sequence.name}
                  href={`/settings/sequences/${sequence.id}`}
                  badges={
                    sequence.status === 'paused' && (
                      <Badge variant="light" color="yellow" tt="none">
                        {words.paused}
                      </Badge>
                    )
                  }
                  detail={[
                    words.steps(sequence.steps.length),
                    words.active(sequence.runs.active),
                    words.replyRate(percent(sequence.runs.reply_rate)),
                  ].join(' · ')}
                >
                  {mayChange && <PauseButton sequence={sequence} />}
                </Row>
              ))}
            </Rows>
          )
        }
      </Asked>
      {asked.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={asked.isFetchingNextPage}
          onClick={() => asked.fetchNextPage()}
        >
          {common.loadMore}
        </Button>
      )}
    </Section>
  )
}
