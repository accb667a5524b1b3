import { Button, Group, Select, Switch, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type AnswerOf, call } from '../../api/call.ts'
import type { ApiFailure } from '../../api/failure.ts'
import { Asked } from '../../parts/asked.tsx'
import { useWords } from '../../words/words.ts'
import { Section } from '../parts/section.tsx'
import { EventRow } from './event-row.tsx'

const perPage = 50

/** Everything that happened, newest first; new things appear on top while one follows. */
export default function Log() {
  const { settings, common } = useWords()
  const { account: words, webhooks } = settings
  const [type, choose] = useState<string | null>(null)
  const [isFollowing, follow] = useState(true)
  // The stream says when there are new events, to whatever begins with that word.
  const asked = useInfiniteQuery<
    AnswerOf<'GET /events'>,
    ApiFailure,
    AnswerOf<'GET /events'>['data'],
    readonly unknown[],
    string
  >({
    queryKey: ['events', 'log', type],
    queryFn: ({ pageParam }) =>
      call('GET /events', {
        query: { before: pageParam, per_page: perPage, ...(type ? { type } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ meta }) => meta.next_before,
    select: ({ pages }) => pages.flatMap(({ data }) => data),
    // Who does not follow is left with what stands there.
    enabled: ({ state }) => isFollowing || state.data === undefined,
  })
  const types = Object.entries(webhooks.eventNames).map(([value, label]) => ({ value, label }))
  return (
    <Section title={settings.sections.log} help={words.logHelp}>
      <Group mb="sm" gap="md">
        <Select
          aria-label={words.kind}
          placeholder={words.allKinds}
          data={types}
          value={type}
          onChange={choose}
          clearable
          searchable
          w="16rem"
        />
        <Switch
          label={words.follow}
          checked={isFollowing}
          onChange={({ currentTarget }) => follow(currentTarget.checked)}
        />
      </Group>
      <Asked of={asked}>
        {(found) =>
          found.length === 0 ? (
            <Text c="dimmed" size="sm" py="md">
              {words.noEvents}
            </Text>
          ) : (
            <ol className="settings-rows" aria-label={settings.sections.log}>
              {found.map((event) => (
                <EventRow key={event.id} event={event} />
              ))}
            </ol>
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
