import { Group, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { look } from '../api/look.ts'
import { useCan } from '../api/session.ts'
import { useWords } from '../words/words.ts'
import { presets, useReportFilters } from './filters.ts'

export function FilterBar({ hasWhose, needsPipeline }: { hasWhose: boolean; needsPipeline: boolean }) {
  return (
    <Group gap="xs" mb="md" align="flex-end">
      <PeriodFilter />
      {hasWhose && <PipelineFilter isNeeded={needsPipeline} />}
      {hasWhose && <OwnerFilter />}
    </Group>
  )
}

function PeriodFilter() {
  const { reports } = useWords()
  const { preset, days, change } = useReportFilters()
  return (
    <>
      <Select
        label={reports.period}
        data={[...presets, 'custom' as const].map((value) => ({ value, label: reports.periods[value] }))}
        value={preset}
        onChange={(value) =>
          change(value === 'custom' ? { ...days, days: null } : { days: value, from: null, to: null })
        }
        allowDeselect={false}
        w={170}
      />
      {preset === 'custom' &&
        (['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            type="date"
            label={reports[end]}
            value={days[end]}
            onChange={(event) =>
              event.currentTarget.value && change({ ...days, [end]: event.currentTarget.value })
            }
          />
        ))}
    </>
  )
}

function PipelineFilter({ isNeeded }: { isNeeded: boolean }) {
  const { reports } = useWords()
  const { whose, change } = useReportFilters()
  const asked = useQuery({ ...look('GET /pipelines'), enabled: useCan('pipelines:read') })
  const all = asked.data?.pipelines ?? []
  if (all.length < 2) return null
  return (
    <Select
      label={reports.pipeline}
      placeholder={isNeeded ? all[0]!.name : reports.allPipelines}
      data={all.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={whose.pipeline_id ? String(whose.pipeline_id) : null}
      onChange={(pipeline) => change({ pipeline })}
      clearable
      w={170}
    />
  )
}

function OwnerFilter() {
  const { reports } = useWords()
  const { whose, change } = useReportFilters()
  const mayLook = useCan('users:read')
  const users = useQuery({ ...look('GET /users'), enabled: mayLook })
  if (!mayLook) return null
  return (
    <Select
      label={reports.owner}
      placeholder={reports.everybody}
      data={(users.data?.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
      value={whose.assigned_to ? String(whose.assigned_to) : null}
      onChange={(owner) => change({ owner })}
      searchable
      clearable
      w={190}
    />
  )
}
