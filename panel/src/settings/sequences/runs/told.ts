import { refusalInWords } from '../../../api/failure.ts'
import { useWords } from '../../../words/words.ts'
import type { RunTold, StepTold } from './places.ts'

/** The parts of a step's detail that are told here. */
type Detail = {
  instead_of?: string
  message?: string
  reason?: string
  pending_tasks?: { subject: string }[]
}

/** What came of a step, and why, in plain words. */
export function useTold({ status }: RunTold) {
  const words = useWords()
  const { settings, conversations, reasons } = words
  const { runs } = settings
  function outcomeOf({ type, outcome, reason, message }: StepTold) {
    if (message) return conversations.states[message.state]
    if (outcome !== 'waiting') return runs.outcomes[outcome]
    if (status !== 'active' && type !== 'webhook') return runs.waited
    // These two say themselves that they wait.
    return reason === 'reply' || reason === 'calling' ? null : runs.outcomes.waiting
  }
  function whyOf({ reason }: StepTold) {
    if (reason === 'reply' && status !== 'active') return null
    if (reason?.startsWith('HTTP ')) return runs.answered(reason.slice('HTTP '.length))
    return runs.reasons[reason as keyof typeof runs.reasons] ?? reason
  }
  return (step: StepTold) => {
    const { reason, detail, message } = step
    const { instead_of, message: said, pending_tasks = [], ...refusal } = (detail ?? {}) as Detail
    const outcome = outcomeOf(step)
    const failure = message?.failure
    return [
      outcome && `${outcome}.`,
      instead_of && runs.insteadOf,
      whyOf(step),
      reason === 'refused' && (refusalInWords(refusal, words) ?? said),
      pending_tasks.length > 0 && runs.pending(pending_tasks.map(({ subject }) => subject).join(', ')),
      failure && (reasons[failure.reason as keyof typeof reasons] ?? failure.message),
    ]
      .filter(Boolean)
      .join(' ')
  }
}
