import { createContext, type ReactNode, useContext, useState } from 'react'
import type { AnswerOf } from '../../api/call.ts'
import type { Lead } from '../../leads/pages.ts'
import { late } from '../../parts/late.tsx'
import { useTake } from './take.ts'

// Loaded when one is asked.
const BlockedDialog = late(() => import('./blocked-dialog.tsx'), null)
const LostDialog = late(() => import('./lost-dialog.tsx'), null)
const StageDialog = late(() => import('./stage-dialog.tsx'), null)
const WonDialog = late(() => import('./won-dialog.tsx'), null)

export type Pipeline = AnswerOf<'GET /pipelines'>['pipelines'][number]
export type Stage = Pipeline['stages'][number]
export type PendingTask = { id: number; subject: string; type: string }

/** What a person is asked before or in the middle of a move. */
type Question =
  | { ask: 'stage'; lead: Lead }
  | { ask: 'value' | 'reason'; lead: Lead; to: Stage }
  | { ask: 'tasks'; lead: Lead; to: { name: string }; pending: PendingTask[]; again: () => void }

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
  const take = useTake((held) => ask({ ask: 'tasks', ...held }))
  const moves: Moves = {
    choose: (lead) => ask({ ask: 'stage', lead }),
    move(lead, to) {
      if (to.id === lead.stage_id) return
      if (to.is_won) ask({ ask: 'value', lead, to })
      else if (to.is_lost) ask({ ask: 'reason', lead, to })
      else take({ lead, to: { ...to, status: 'open' } })
    },
  }
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
          win={(value) =>
            answered(() => take({ lead: question.lead, to: { ...question.to, status: 'won' }, value }))
          }
        />
      )}
      {question?.ask === 'reason' && (
        <LostDialog
          {...question}
          close={close}
          lose={(reasonId) =>
            answered(() => take({ lead: question.lead, to: { ...question.to, status: 'lost' }, reasonId }))
          }
        />
      )}
      {question?.ask === 'tasks' && (
        <BlockedDialog {...question} close={close} done={() => answered(question.again)} />
      )}
    </MovesContext>
  )
}
