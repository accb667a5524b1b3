import { Badge } from '@mantine/core'
import type { SequenceRun } from '../../../api/types.ts'
import { useWords } from '../../../words/words.ts'

const colors: Partial<Record<SequenceRun['status'], string>> = {
  active: 'blue',
  done: 'teal',
  won: 'teal',
  replied: 'teal',
  failed: 'red',
}

/** Under way, or how it ended. */
export function RunBadge({ status }: Pick<SequenceRun, 'status'>) {
  const { runs } = useWords().settings
  return (
    <Badge variant="light" color={colors[status] ?? 'gray'} tt="none" flex="none">
      {runs.statuses[status]}
    </Badge>
  )
}
