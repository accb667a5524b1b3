import { client, look } from '../../api/look.ts'
import type { Pipeline } from '../../api/types.ts'

/** Shows the pipelines as they will be, ahead of the API's answer. */
export const showPipelines = (change: (before: Pipeline[]) => Pipeline[]) =>
  client.setQueryData(
    look('GET /pipelines').queryKey,
    (before) => before && { ...before, pipelines: change(before.pipelines) },
  )
