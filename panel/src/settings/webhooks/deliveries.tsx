import { Button, SegmentedControl, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { lookOn } from '../../api/look.ts'
import { Asked } from '../../parts/asked.tsx'
import { useWords } from '../../words/words.ts'
import { DeliveryRow } from './delivery-row.tsx'

const statuses = ['all', 'pending', 'delivered', 'failed'] as const
type Status = (typeof statuses)[number]
const underWayMs = 2_000
const againMs = 5_000

export function Deliveries({ id, mayChange }: { id: number; mayChange: boolean }) {
  const { settings, common } = useWords()
  const words = settings.webhooks
  const [status, choose] = useState<Status>('all')
  const query = { per_page: 25, ...(status === 'all' ? {} : { status }) }
  const asked = useInfiniteQuery({
    ...lookOn('GET /webhooks/{id}/deliveries', { params: { id }, query }),
    // Attempts are told by nobody: look again, and sooner while one is on its way.
    refetchInterval: ({ state }) => (isUnderWay(state.data) ? underWayMs : againMs),
  })
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={words.deliveries}
        value={status}
        onChange={(chosen) => choose(chosen as Status)}
        data={statuses.map((each) => ({ value: each, label: words.deliveryFilters[each] }))}
        style={{ alignSelf: 'flex-start' }}
      />
      <Asked of={asked}>
        {(found) =>
          found.length === 0 ? (
            <Text c="dimmed" size="sm" py="md">
              {status === 'all' ? words.noDeliveries : words.noSuchDeliveries}
            </Text>
          ) : (
            <ul className="settings-rows" aria-label={words.deliveries}>
              {found.map((delivery) => (
                <DeliveryRow key={delivery.id} webhookId={id} delivery={delivery} mayChange={mayChange} />
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

type Pages = { pages: { data: { status: string; attempts: unknown[] }[] }[] } | undefined

const isUnderWay = (pages: unknown) =>
  (pages as Pages)?.pages[0]?.data.some(({ status, attempts }) => status === 'pending' && !attempts.length)
