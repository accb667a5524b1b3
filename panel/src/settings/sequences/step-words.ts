import { useQuery } from '@tanstack/react-query'
import { look } from '../../api/look.ts'
import { useCan } from '../../api/session.ts'
import { useWords } from '../../words/words.ts'
import type { Draft, Duration } from './draft.ts'
import { useReadable } from './variables.ts'

export const approved = { query: { status: 'APPROVED' as const, per_page: 200 } }

/** Steps and delays as a person says them. */
export function useStepWords() {
  const { sequences: words } = useWords().settings
  const readable = useReadable()
  const pipelines = useQuery(look('GET /pipelines')).data?.pipelines ?? []
  const templates = useQuery({
    ...look('GET /whatsapp/templates', approved),
    enabled: useCan('whatsapp:read'),
  })
  const stages = pipelines.flatMap(({ stages }) => stages)

  const templateName = (wanted: string) => templates.data?.data.find(({ id }) => String(id) === wanted)?.name
  function length({ days = 0, hours = 0, minutes = 0 }: Duration) {
    return [
      days > 0 && words.units.days(days),
      hours > 0 && words.units.hours(hours),
      minutes > 0 && words.units.minutes(minutes),
    ]
      .filter(Boolean)
      .join(' ')
  }
  function branch(to: string, steps: Draft[]) {
    if (to === 'next') return words.goOn
    if (to === 'end') return words.end
    const place = steps.findIndex(({ id }) => id === to)
    return place < 0 ? to : words.goTo(`${place + 1}. ${words.types[steps[place]!.type]}`)
  }
  function summary(step: Draft, steps: Draft[]) {
    switch (step.type) {
      case 'message':
        return readable(step.text) || words.empty
      case 'template':
        return step.template_id ? (templateName(step.template_id) ?? words.templateChosen) : words.empty
      case 'wait_reply':
        return words.waits(length(step.timeout), branch(step.on_reply, steps), branch(step.on_timeout, steps))
      case 'create_task':
        return readable(step.task.subject) || words.empty
      case 'move_stage':
        return stages.find(({ id }) => String(id) === step.stage_id)?.name ?? words.empty
      case 'add_tag':
      case 'remove_tag':
        return step.tag || words.empty
      case 'webhook':
        return step.url || words.empty
    }
  }
  return { length, branch, summary }
}
