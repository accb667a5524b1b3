import { Stack, Text } from '@mantine/core'
import { useChange } from '../../../api/change.tsx'
import type { Sequence } from '../../../api/types.ts'
import { asAsked, type Filters } from '../../../leads/filters/filters.ts'
import { useWords } from '../../../words/words.ts'
import { Confirm } from '../../parts/confirm.tsx'
import { useFiltersInWords } from './filters-in-words.ts'

type Wanted = { sequence: Sequence; filters: Filters; count: number; close: () => void }

/** Asked before, for what was sent cannot be taken back. */
export function StartQuestion({ sequence, filters, count, close }: Wanted) {
  const { settings, leads } = useWords()
  const { enrollments } = settings
  const inWords = useFiltersInWords()
  const enroll = useChange('POST /sequences/{id}/enroll', {
    done: close,
    said: () => ({ text: enrollments.begun }),
  })
  return (
    <Confirm
      title={enrollments.startTitle(leads.count(count), sequence.name)}
      text={
        <Stack gap="xs">
          <Text size="sm" fw={500}>
            {inWords(filters)}
          </Text>
          <Text size="sm">{enrollments.startHelp}</Text>
          {sequence.status === 'paused' && <Text size="sm">{enrollments.paused}</Text>}
        </Stack>
      }
      action={enrollments.startNow}
      color="teal"
      isBusy={enroll.isPending}
      confirm={() => enroll.mutate({ params: { id: sequence.id }, body: { filters: asAsked(filters) } })}
      close={close}
    />
  )
}
