import { Button } from '@mantine/core'
import { useState } from 'react'
import { useChange } from '../../../api/change.tsx'
import { useCan } from '../../../api/session.ts'
import type { SequenceRun } from '../../../api/types.ts'
import { useWords } from '../../../words/words.ts'
import { Confirm } from '../../parts/confirm.tsx'

type Wanted = {
  run: SequenceRun
  /** Told when the question comes up and goes, for what stands below it. */
  asks?: (isAsking: boolean) => void
}

/** Takes the lead out; asked before, for whoever is put in again begins anew. */
export function StopButton({ run, asks }: Wanted) {
  const { runs } = useWords().settings
  const [isAsking, setAsking] = useState(false)
  function ask(isAsking: boolean) {
    setAsking(isAsking)
    asks?.(isAsking)
  }
  const stop = useChange('DELETE /leads/{id}/sequences/{sequence_id}', {
    touches: ['sequences'],
    done: () => ask(false),
    said: () => ({ text: runs.stopped(run.sequence.name) }),
  })
  if (!useCan('sequences:write') || run.status !== 'active' || !run.lead) return null
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        flex="none"
        aria-label={runs.stopFor(run.sequence.name)}
        onClick={() => ask(true)}
      >
        {runs.stop}
      </Button>
      {isAsking && (
        <Confirm
          title={runs.stopTitle(run.sequence.name, run.lead.name)}
          text={runs.stopHelp}
          action={runs.stop}
          isBusy={stop.isPending}
          confirm={() => stop.mutate({ params: { id: run.lead_id, sequence_id: run.sequence_id } })}
          close={() => ask(false)}
        />
      )}
    </>
  )
}
