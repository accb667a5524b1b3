import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { look } from '../../api/look.ts'
import type { Pipeline } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { Confirm } from '../parts/confirm.tsx'

type Wanted = {
  title: string
  of: Pipeline
  /** What goes; the leads in it go elsewhere. */
  stageIds: number[]
  pipelines: Pipeline[]
  isBusy: boolean
  remove: (query: { move_to_stage_id?: number }) => void
  close: () => void
}

/** Deletes stages; where leads stand in them, only with a place for those to go. */
export function DeleteWithLeads({ title, of, stageIds, pipelines, isBusy, remove, close }: Wanted) {
  const { settings, failures } = useWords()
  const words = settings.process
  const [destination, choose] = useState<string | null>(null)
  const [isMissing, miss] = useState(false)
  const board = useQuery(look('GET /pipelines/{id}/board', { params: { id: of.id } })).data?.board
  const leads = (board?.stages ?? [])
    .filter(({ id }) => stageIds.includes(id))
    .reduce((sum, stage) => sum + stage.leads, 0)
  const places = pipelines.map(({ name, stages }) => ({
    group: name,
    items: stages
      .filter(({ id }) => !stageIds.includes(id))
      .map(({ id, name }) => ({ value: String(id), label: name })),
  }))
  function confirm() {
    if (leads > 0 && !destination) return miss(true)
    remove(destination ? { move_to_stage_id: Number(destination) } : {})
  }
  return (
    <Confirm
      title={title}
      text={leads > 0 ? words.removeWithLeads(leads) : words.removeEmpty}
      action={settings.remove}
      isBusy={isBusy || !board}
      confirm={confirm}
      close={close}
    >
      {leads > 0 && (
        <Select
          label={words.destination}
          data={places}
          value={destination}
          onChange={choose}
          error={isMissing && !destination && failures.field.choose}
          searchable
        />
      )}
    </Confirm>
  )
}
