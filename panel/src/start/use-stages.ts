import { useChange } from '../api/change.tsx'
import type { Pipeline, Stage } from '../api/types.ts'

export type Open = Pick<Stage, 'name' | 'color'>

export const openOf = ({ stages }: Pipeline) => stages.filter(({ is_won, is_lost }) => !is_won && !is_lost)

/** Gives an empty pipeline other open stages: those that are there are renamed first, so that it may fail and be tried again. */
export function useStages() {
  const touches = { touches: ['pipelines' as const] }
  const change = useChange('PUT /stages/{id}', touches)
  const add = useChange('POST /pipelines/{id}/stages')
  const remove = useChange('DELETE /stages/{id}', touches)
  return async (pipeline: Pipeline, wanted: Open[]) => {
    const here = openOf(pipeline)
    const kept: Stage[] = []
    for (const [index, { name, color }] of wanted.entries()) {
      const body = { name, color, position: index + 1 }
      const { stage } = here[index]
        ? await change.mutateAsync({ params: { id: here[index].id }, body })
        : await add.mutateAsync({ params: { id: pipeline.id }, body })
      kept.push(stage)
    }
    for (const { id } of here.slice(wanted.length)) await remove.mutateAsync({ params: { id } })
    return { ...pipeline, stages: kept }
  }
}
