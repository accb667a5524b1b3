import { useQuery } from '@tanstack/react-query'
import { look } from '../../../api/look.ts'
import { useCan } from '../../../api/session.ts'
import type { SequenceEnrollment } from '../../../api/types.ts'
import { useFieldText } from '../../../leads/field-text.ts'
import type { Filters } from '../../../leads/filters/filters.ts'
import { useFormat } from '../../../parts/format.ts'
import { useWords } from '../../../words/words.ts'

/** Filters as a person says them: "Abertos · Etiquetas: vip ou b2b". */
export function useFiltersInWords() {
  const { leads, settings } = useWords()
  const { enrollments } = settings
  const { day } = useFormat()
  const placeInWords = usePlaceInWords()
  const ownerInWords = useOwnerInWords()
  const fieldsInWords = useFieldsInWords()
  return (given: SequenceEnrollment['filters'] | Filters) => {
    const { q, assigned_to, source, status, tags = [], ...rest } = given as Filters
    const { pipeline_id, stage_id, created_from, created_to, custom_fields = {}, ...others } = rest
    const isMore = Object.keys(others).some((name) => name !== 'archived')
    const said = [
      status && leads.statuses[status],
      placeInWords({ pipeline_id, stage_id }),
      assigned_to && ownerInWords(assigned_to),
      tags.length > 0 && `${leads.tags}: ${tags.join(enrollments.or)}`,
      source && `${leads.source}: ${source}`,
      created_from && `${leads.createdFrom} ${day(created_from)}`,
      created_to && `${leads.createdTo} ${day(created_to)}`,
      ...fieldsInWords(custom_fields),
      q && `“${q}”`,
      isMore && enrollments.moreFilters,
    ].filter(Boolean)
    return said.length > 0 ? said.join(' · ') : enrollments.everybody
  }
}

function useOwnerInWords() {
  const { leads } = useWords()
  const users = useQuery({
    ...look('GET /users', { query: { include_inactive: true } }),
    enabled: useCan('users:read'),
  })
  return (wanted: number) =>
    `${leads.owner}: ${users.data?.data.find(({ id }) => id === wanted)?.name ?? `#${wanted}`}`
}

function usePlaceInWords() {
  const { leads } = useWords()
  const pipelines = useQuery(look('GET /pipelines')).data?.pipelines ?? []
  return ({ pipeline_id, stage_id }: Pick<Filters, 'pipeline_id' | 'stage_id'>) => {
    const stage = pipelines.flatMap(({ stages }) => stages).find(({ id }) => id === stage_id)
    const pipeline = pipelines.find(({ id }) => id === pipeline_id)
    if (stage_id) return `${leads.stage}: ${stage?.name ?? `#${stage_id}`}`
    return pipeline_id && leads.wholePipeline(pipeline?.name ?? `#${pipeline_id}`)
  }
}

function useFieldsInWords() {
  const fields = useQuery(look('GET /custom-fields', { query: {} })).data?.data ?? []
  const { leads } = useWords()
  const textOf = useFieldText()
  return (given: Record<string, unknown>) =>
    Object.entries(given).map(([name, value]) => {
      const field = fields.find((each) => each.name === name)
      if (!field) return `${name}: ${value}`
      const isYesNo = field.field_type === 'checkbox'
      const shown = isYesNo ? (String(value) === 'true' ? leads.yes : leads.no) : textOf(field, value)
      return `${field.label}: ${shown}`
    })
}
