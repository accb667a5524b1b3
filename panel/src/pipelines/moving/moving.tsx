import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import type { AnswerOf } from '../../api/call.ts'
import { useChange } from '../../api/change.tsx'
import type { ApiFailure } from '../../api/failure.ts'
import type { Lead } from '../../leads/pages.ts'
import { useWords } from '../../words/words.ts'
import { showMoved } from './ahead.ts'
import { BlockedDialog } from './blocked-dialog.tsx'
import { LostDialog } from './lost-dialog.tsx'
import { StageDialog } from './stage-dialog.tsx'
import { WonDialog } from './won-dialog.tsx'

export type Pipeline = AnswerOf<'GET /pipelines'>['pipelines'][number]
export type Stage = Pipeline['stages'][number]
export type PendingTask = { id: number; subject: string; type: string }

type Step = { lead: Lead; to: Stage; isBack?: boolean }
/** What a person is asked before or in the middle of a move. */
type Question =
  | { ask: 'stage'; lead: Lead }
  | { ask: 'value' | 'reason'; lead: Lead; to: Stage }
  | { ask: 'tasks'; lead: Lead; pending: PendingTask[]; again: () => void; to: Stage }

type Moves = {
  /** Moves, asking for what a won or a lost stage needs. */
  move: (lead: Lead, to: Stage) => void
  /** Lets a person choose the stage first. */
  choose: (lead: Lead) => void
}
const MovesContext = createContext<Moves | null>(null)

export function useMoves() {
  const moves = useContext(MovesContext)
  if (!moves) throw new Error('Nothing moves here: a screen stands inside of <Moving>')
  return moves
}

/** Everything that belongs to moving leads, for the screen inside: dialogs, mandatory tasks and the way back. */
export function Moving({ children }: { children: ReactNode }) {
  const [question, ask] = useState<Question | null>(null)
  const take = useSteps(ask)
  const moves = useMemo<Moves>(
    () => ({
      choose: (lead) => ask({ ask: 'stage', lead }),
      move(lead, to) {
        if (to.id === lead.stage_id) return
        if (to.is_won) ask({ ask: 'value', lead, to })
        else if (to.is_lost) ask({ ask: 'reason', lead, to })
        else take.toStage(lead, to)
      },
    }),
    [take],
  )
  const close = () => ask(null)
  const answered = (then: () => void) => {
    close()
    then()
  }
  return (
    <MovesContext value={moves}>
      {children}
      {question?.ask === 'stage' && (
        <StageDialog
          {...question}
          close={close}
          choose={(to) => answered(() => moves.move(question.lead, to))}
        />
      )}
      {question?.ask === 'value' && (
        <WonDialog
          {...question}
          close={close}
          win={(value) => answered(() => take.toWon(question.lead, question.to, value))}
        />
      )}
      {question?.ask === 'reason' && (
        <LostDialog
          {...question}
          close={close}
          lose={(reason) => answered(() => take.toLost(question.lead, question.to, reason))}
        />
      )}
      {question?.ask === 'tasks' && (
        <BlockedDialog {...question} close={close} done={() => answered(question.again)} />
      )}
    </MovesContext>
  )
}

/** The three ways into a stage, alike in what they show, say, and let be undone. */
function useSteps(ask: (question: Question) => void) {
  const { pipelines } = useWords()
  const back = useChange<'PUT /leads/{id}/stage', Step>('PUT /leads/{id}/stage', {
    touches: ['pipelines', 'tasks'],
    ahead: ({ lead, to }) => showMoved(lead, to),
    said: (_, { lead }) => ({ text: pipelines.movedBack(lead.name) }),
    failed: (error, input) => isHeld(error, input, () => back.mutate(input)),
  })
  const revalue = useChange('PATCH /leads/{id}')
  function isHeld(error: ApiFailure, { lead, to }: Step, again: () => void) {
    const pending = error.body.pending_tasks
    if (pending) ask({ ask: 'tasks', lead, to, pending, again })
    return pending !== undefined
  }
  function undo({ lead, to }: Step) {
    const from = { ...to, id: lead.stage_id, name: lead.stage.name }
    const standing = { ...lead, stage_id: to.id, stage: { id: to.id, name: to.name } }
    const params = { id: lead.id }
    if (to.is_won) revalue.mutate({ params, body: { value: lead.value } })
    back.mutate({ params, body: { stage_id: from.id }, lead: standing, to: from })
  }
  const wanted = (again: (input: never) => void) => ({
    touches: ['pipelines' as const, 'tasks' as const],
    ahead: ({ lead, to }: Step) => showMoved(lead, to),
    said: (_: unknown, step: Step) => ({
      text: pipelines.moved(step.lead.name, step.to.name),
      undo: () => undo(step),
    }),
    failed: (error: ApiFailure, step: Step) => isHeld(error, step, () => again(step as never)),
  })
  const moved = useChange<'PUT /leads/{id}/stage', Step>(
    'PUT /leads/{id}/stage',
    wanted((step) => moved.mutate(step)),
  )
  const won = useChange<'PUT /leads/{id}/won', Step>(
    'PUT /leads/{id}/won',
    wanted((step) => won.mutate(step)),
  )
  const lost = useChange<'PUT /leads/{id}/lost', Step>(
    'PUT /leads/{id}/lost',
    wanted((step) => lost.mutate(step)),
  )
  const [toStage, toWon, toLost] = [moved.mutate, won.mutate, lost.mutate]
  return useMemo(
    () => ({
      toStage: (lead: Lead, to: Stage) =>
        toStage({ params: { id: lead.id }, body: { stage_id: to.id }, lead, to }),
      toWon: (lead: Lead, to: Stage, value: number) =>
        toWon({ params: { id: lead.id }, body: { stage_id: to.id, value }, lead, to }),
      toLost: (lead: Lead, to: Stage, reason_id: number | null) =>
        toLost({ params: { id: lead.id }, body: { stage_id: to.id, reason_id }, lead, to }),
    }),
    [toStage, toWon, toLost],
  )
}
