import { Button, Group, Select, Switch, Text } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../api/call.ts'
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
  const key = ['events', 'log', type]
  const asked = useInfiniteQuery({
    // The stream says when something about events is new, to whatever begins with that word.
    queryKey: isFollowing ? key : ['followed-not', ...key],
    queryFn: ({ pageParam }) =>
      call('GET /events', {
        query: { before: pageParam, per_page: perPage, ...(type ? { type } : {}) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ meta }) => meta.next_before ?? undefined,
    select: ({ pages }) => pages.flatMap(({ data }) => data),
  })
  const client = useQueryClient()
  function toggle(isOn: boolean) {
    // What stands there goes on standing there.
    const from = isFollowing ? key : ['followed-not', ...key]
    const to = isOn ? key : ['followed-not', ...key]
    client.setQueryData(to, client.getQueryData(from))
    follow(isOn)
    if (isOn) client.invalidateQueries({ queryKey: key })
  }
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
          onChange={({ currentTarget }) => toggle(currentTarget.checked)}
        />
      </Group>
      <Asked of={asked as never}>
        {() =>
          asked.data!.length === 0 ? (
            <Text c="dimmed" size="sm" py="md">
              {words.noEvents}
            </Text>
          ) : (
            <ol className="settings-rows" aria-label={settings.sections.log}>
              {asked.data!.map((event) => (
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
