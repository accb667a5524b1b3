import { Button, Select, SimpleGrid, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { lookOn } from '../../../api/look.ts'
import type { Sequence } from '../../../api/types.ts'
import { Asked } from '../../../parts/asked.tsx'
import { useFormat } from '../../../parts/format.ts'
import { useWords } from '../../../words/words.ts'
import { RunRow } from './run-row.tsx'

const filters = ['active', 'finished', 'done', 'replied', 'won', 'lost', 'stopped', 'failed'] as const
type Filter = (typeof filters)[number]

/** Who is or was in the sequence, and how it went. */
export function Runs({ sequence }: { sequence: Sequence }) {
  const { settings, common } = useWords()
  const words = settings.sequences
  const [status, choose] = useState<Filter | null>(null)
  const query = { per_page: 25, ...(status ? { status } : {}) }
  const asked = useInfiniteQuery(lookOn('GET /sequences/{id}/runs', { params: { id: sequence.id }, query }))
  return (
    <Stack gap="sm">
      <Counters sequence={sequence} />
      <Select
        aria-label={words.runStatus}
        placeholder={words.everybody}
        data={filters.map((each) => ({ value: each, label: words.runStatuses[each] }))}
        value={status}
        onChange={(chosen) => choose(chosen as Filter | null)}
        clearable
        maw="16rem"
      />
      <Asked of={asked}>
        {(found) =>
          found.length === 0 ? (
            <Text c="dimmed" size="sm" py="md">
              {status ? words.noSuchRuns : words.noRuns}
            </Text>
          ) : (
            <ul className="settings-rows" aria-label={words.runsTab(found.length)}>
              {found.map((run) => (
                <RunRow key={run.id} run={run} steps={sequence.steps} />
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
    </Stack>
  )
}

function Counters({ sequence: { runs } }: { sequence: Sequence }) {
  const words = useWords().settings.sequences
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
