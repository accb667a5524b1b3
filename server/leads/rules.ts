import type { Account } from '#accounts/accounts.ts'
import type { Field } from '#fields/queries.ts'
import { fieldsForWriting } from '#fields/values.ts'
import type { LeadChanges } from '#leads/schema.ts'
import { lockPlaces, type Place } from '#pipelines/queries.ts'
import { invalid, selectedInvalid } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'

type Wanted = { stage_id?: number | null; pipeline_id?: number | null }

/** What the account demands of leads that are written: read once, however many they are. */
export type Rules = {
  account: Account
  fields: Field[]
  /** Where the input wants the lead: its stage, which must fit the pipeline, or the pipeline's first. */
  placeOf: (wanted: Wanted, now?: { pipeline_id: number }) => Place | undefined
}

export async function rulesFor(
  scope: Scope,
  account: Account,
  inputs: LeadChanges[],
  { creating }: { creating: boolean },
): Promise<Rules> {
  const given = inputs.map((input) => input.custom_fields)
  const fields = creating || given.some(Boolean) ? await fieldsForWriting(scope, given) : []
  const home = creating ? account.default_pipeline_id : null
  return { account, fields, placeOf: await placesFor(scope, inputs, home) }
}

/** Without a wish of its own a lead goes to `home`, the first stage of that pipeline. */
export async function placesFor(scope: Scope, inputs: Wanted[], home: number | null = null) {
  const stageIds = inputs.flatMap((input) => input.stage_id ?? [])
  const pipelineIds = [...inputs.flatMap((input) => input.pipeline_id ?? []), ...(home ? [home] : [])]
  const places =
    stageIds.length + pipelineIds.length > 0 ? await lockPlaces(scope, { stageIds, pipelineIds }) : []

  return function placeOf({ stage_id, pipeline_id }: Wanted, now?: { pipeline_id: number }) {
    if (!stage_id && (!pipeline_id || pipeline_id === now?.pipeline_id)) {
      return now ? undefined : places.find((place) => place.pipeline.id === home)
    }
    const place = places.find(
      ({ id, pipeline }) => (!stage_id || id === stage_id) && (!pipeline_id || pipeline.id === pipeline_id),
    )
    const field = stage_id ? 'stage_id' : 'pipeline_id'
    if (!place) throw invalid({ [field]: [selectedInvalid(field)] })
    return place
  }
}
