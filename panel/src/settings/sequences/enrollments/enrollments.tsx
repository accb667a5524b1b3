import { Button, Stack, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { lookOn } from '../../../api/look.ts'
import type { Sequence } from '../../../api/types.ts'
import { Asked } from '../../../parts/asked.tsx'
import { useWords } from '../../../words/words.ts'
import { EnrollmentRow } from './enrollment-row.tsx'

const againMs = 1_000

/** What was begun, newest first; looked at again while one is on its way. */
export function Enrollments({ sequence }: { sequence: Sequence }) {
  const { settings, common } = useWords()
  const { enrollments } = settings
  const asked = useInfiniteQuery({
    ...lookOn('GET /sequences/{id}/enrollments', { params: { id: sequence.id }, query: { per_page: 10 } }),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ data }) => data.some(({ status }) => status === 'running')) ? againMs : false,
  })
  return (
    <Asked of={asked}>
      {(found) =>
        found.length > 0 && (
          <Stack component="section" gap="xs" aria-label={enrollments.past}>
            <Title order={2}>{enrollments.past}</Title>
            <ul className="settings-rows" aria-label={enrollments.past}>
              {found.map((enrollment) => (
                <EnrollmentRow key={enrollment.id} enrollment={enrollment} />
              ))}
            </ul>
            {asked.hasNextPage && (
              <Button
                variant="default"
                loading={asked.isFetchingNextPage}
                onClick={() => asked.fetchNextPage()}
              >
                {common.loadMore}
              </Button>
            )}
          </Stack>
        )
      }
    </Asked>
  )
}
