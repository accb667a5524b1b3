import { Button, Group, Select, SimpleGrid, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { lookOn } from '../../../api/look.ts'
import type { Sequence } from '../../../api/types.ts'
import { Asked } from '../../../parts/asked.tsx'
import { useFormat } from '../../../parts/format.ts'
import { useWords } from '../../../words/words.ts'
import { useOpenRun } from './open-run.ts'
import { RunRow } from './run-row.tsx'
import { Story } from './story.tsx'

const filters = ['active', 'finished', 'done', 'replied', 'won', 'lost', 'stopped', 'failed'] as const
type Filter = (typeof filters)[number]

/** Who is or was in the sequence, and how it went; `add` is offered while there is nobody. */
export function Runs({ sequence, add }: { sequence: Sequence; add?: () => void }) {
  const { settings, common } = useWords()
  const words = settings.runs
  const openRun = useOpenRun()
  const [status, choose] = useState<Filter | null>(null)
  const query = { per_page: 25, ...(status ? { status } : {}) }
  const asked = useInfiniteQuery(lookOn('GET /sequences/{id}/runs', { params: { id: sequence.id }, query }))
  return (
    <Stack gap="sm">
      <Counters sequence={sequence} />
      <Select
        aria-label={words.status}
        placeholder={words.everybody}
        data={filters.map((each) => ({ value: each, label: words.statuses[each] }))}
        value={status}
        onChange={(chosen) => choose(chosen as Filter | null)}
        clearable
        maw="16rem"
      />
      <Asked of={asked}>
        {(found) =>
          found.length === 0 ? (
            <Group gap="xs" py="md">
              <Text c="dimmed" size="sm">
                {status ? words.noneSuch : words.none}
              </Text>
              {!status && add && (
                <Button size="compact-sm" variant="subtle" onClick={add}>
                  {settings.enrollments.tab}
                </Button>
              )}
            </Group>
          ) : (
            <ul className="settings-rows" aria-label={settings.sequences.runsTab(found.length)}>
              {found.map((run) => (
                <RunRow key={run.id} run={run} steps={sequence.steps} href={openRun.hrefOf(run.id)} />
              ))}
            </ul>
          )
        }
      </Asked>
      {asked.hasNextPage && (
        <Button variant="default" loading={asked.isFetchingNextPage} onClick={() => asked.fetchNextPage()}>
          {common.loadMore}
        </Button>
      )}
      {openRun.id && <Story sequenceId={sequence.id} runId={openRun.id} close={openRun.close} />}
    </Stack>
  )
}

function Counters({ sequence: { runs } }: { sequence: Sequence }) {
  const words = useWords().settings.runs
  const { number, percent } = useFormat()
  const finished = Object.values(runs.finished).reduce((sum, each) => sum + each, 0)
  const figures = [
    [words.figures.active, number(runs.active)],
    [words.figures.finished, number(finished)],
    [words.figures.won, number(runs.finished.won)],
    [words.figures.replied, `${number(runs.replied)} (${percent(runs.reply_rate)})`],
  ] as const
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} maw="40rem">
      {figures.map(([label, value]) => (
        <div key={label}>
          <Text size="xs" c="dimmed">
            {label}
          </Text>
          <Text fw={600} size="lg">
            {value}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  )
}
