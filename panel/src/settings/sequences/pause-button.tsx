import { Button } from '@mantine/core'
import { Pause, Play } from 'lucide-react'
import { useChange } from '../../api/change.tsx'
import type { Sequence } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'

/** Lets all its runs stand still, or go on where they were. */
export function PauseButton({ sequence, size = 'xs' }: { sequence: Sequence; size?: string }) {
  const words = useWords().settings.sequences
  const params = { id: sequence.id }
  const resume = useChange('PUT /sequences/{id}/resume', {
    said: () => ({ text: words.resumed(sequence.name) }),
  })
  const pause = useChange('PUT /sequences/{id}/pause', {
    said: () => ({ text: words.wasPaused(sequence.name), undo: () => resume.mutate({ params }) }),
  })
  const isPaused = sequence.status === 'paused'
  const [change, text, Icon] = isPaused ? [resume, words.resume, Play] : [pause, words.pause, Pause]
  return (
    <Button
      size={size}
      variant="default"
      leftSection={<Icon size={14} aria-hidden />}
      loading={change.isPending}
      aria-label={`${text} ${sequence.name}`}
      onClick={() => change.mutate({ params })}
    >
      {text}
    </Button>
  )
}
