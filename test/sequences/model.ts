import { isDeepStrictEqual } from 'node:util'
import type { SendingHours, Step } from '#sequences/schema.ts'
import { after, openFrom } from './calendar.ts'

// What sequences promise, told a second time: absolute times, no database, one thing after another.
export type ModelLead = {
  id: number
  first: string
  isThere: boolean
  stage: number
  isArchived: boolean
  tags: Set<string>
  isOptedOut: boolean
  isWindowOpen: boolean
}
export type ModelSequence = {
  id: number
  versions: Step[][]
  stopOnReply: boolean
  stopOnStageChange: boolean
  hours: SendingHours | null
  pausedAt: number | null
}
type Note = { outcome: string; reason: string; at: number; text: string }
export type ModelRun = {
  sequence: ModelSequence
  lead: ModelLead
  version: number
  step: string
  due: number
  dueSetAt: number
  waitingFor: 'reply' | 'window' | 'number' | null
  giveUpAt: number
  isAnswered: boolean
  hasReplied: boolean
  startedAt: number
  status: string
  finishedAt: number
  notes: Map<string, Note>
}
export type Stages = { won: number; lost: number; guarded: number }
type Setting = { zone: string; hasWindows: boolean; stages: Stages }

const hour = 3_600_000
const isMessage = ({ type }: Step) => type === 'message' || type === 'template'

export function createModel({ zone, hasWindows, stages }: Setting) {
  const runs: ModelRun[] = []
  let isConnected = true
  const active = () => runs.filter(({ status }) => status === 'active')
  const runsOf = (lead: ModelLead) => active().filter((run) => run.lead === lead)
  const stepsOf = (run: ModelRun) => run.sequence.versions[run.version - 1]!
  const stepOf = (run: ModelRun) => stepsOf(run).find(({ id }) => id === run.step)!

  const statusOf = ({ isArchived, stage }: ModelLead) =>
    isArchived ? 'archived' : stage === stages.won ? 'won' : stage === stages.lost ? 'lost' : 'open'

  function setDue(run: ModelRun, due: number, now: number) {
    Object.assign(run, { due, dueSetAt: now })
  }

  function plan(run: ModelRun, step: Step, now: number) {
    const at = after(now, step.delay ?? {}, zone)
    run.step = step.id
    run.waitingFor = null
    setDue(run, isMessage(step) ? openFrom(at, run.sequence.hours, zone) : at, now)
  }

  function end(run: ModelRun, status: string, now: number) {
    Object.assign(run, { status, finishedAt: now })
  }

  function note(run: ModelRun, outcome: string, now: number, { reason = '', text = '' } = {}) {
    run.notes.set(run.step, { outcome, reason, at: now, text })
  }

  function goOn(run: ModelRun, target: string, now: number) {
    const steps = stepsOf(run)
    const place = steps.indexOf(stepOf(run))
    const next = target === 'next' ? steps[place + 1] : steps.find(({ id }) => id === target)
    if (next) plan(run, next, now)
    else end(run, 'done', now)
  }

  function hearAll(lead: ModelLead, now: number, what: 'replied' | 'stage_changed' | string) {
    for (const run of runsOf(lead)) {
      if (what === 'replied') hearReply(run, now)
      else if (what !== 'stage_changed' || run.sequence.stopOnStageChange) end(run, what, now)
    }
  }

  function hearReply(run: ModelRun, now: number) {
    Object.assign(run, { isAnswered: true, hasReplied: true })
    if (stepOf(run).type === 'wait_reply') answer(run, now)
    else if (run.waitingFor === 'window') setDue(run, now, now)
    else if (run.sequence.stopOnReply) end(run, 'replied', now)
  }

  function answer(run: ModelRun, now: number) {
    note(run, 'replied', now)
    run.isAnswered = false
    goOn(run, stepOf(run).on_reply ?? 'next', now)
  }

  function arrive(lead: ModelLead, stage: number, now: number, except?: ModelRun) {
    if (lead.stage === stage) return
    Object.assign(lead, { stage, isArchived: false })
    const what = stage === stages.won ? 'won' : stage === stages.lost ? 'lost' : 'stage_changed'
    const before = except && { ...except }
    hearAll(lead, now, what)
    // Its own doing does not end it.
    if (except && before) Object.assign(except, before)
  }

  function postpone(run: ModelRun, why: 'window' | 'number', reason: string, now: number) {
    const [longest, every] = why === 'window' ? [7 * 24 * hour, 7 * 24 * hour] : [3 * 24 * hour, hour]
    if (run.waitingFor !== why) {
      note(run, 'waiting', now, { reason })
      Object.assign(run, { waitingFor: why, giveUpAt: now + longest })
    }
    if (now >= run.giveUpAt) {
      note(run, 'skipped', now, { reason })
      return goOn(run, 'next', now)
    }
    setDue(run, Math.min(now + every, run.giveUpAt), now)
  }

  function sendTo(run: ModelRun, step: Step, now: number) {
    const { lead } = run
    const greeting = `Olá ${lead.first}`
    const skip = (reason: string) => {
      note(run, 'skipped', now, { reason })
      goOn(run, 'next', now)
    }
    const sent = (text: string) => {
      note(run, 'sent', now, { text })
      run.isAnswered = false
      goOn(run, 'next', now)
    }
    if (!isConnected) return postpone(run, 'number', 'instance_disconnected', now)
    if (lead.isOptedOut) {
      note(run, 'skipped', now, { reason: 'opted_out' })
      return end(run, 'opted_out', now)
    }
    if (step.type === 'template') return hasWindows ? sent(greeting) : skip('templates_unsupported')
    if (!hasWindows || lead.isWindowOpen) return sent(step.text!.replace('{{first_name}}', lead.first))
    if (step.when_window_closed === 'template') return sent(greeting)
    if (step.when_window_closed === 'wait') return postpone(run, 'window', 'window_closed', now)
    skip('window_closed')
  }

  function act(run: ModelRun, now: number) {
    const step = stepOf(run)
    const { lead } = run
    if (step.type === 'wait_reply') {
      if (run.isAnswered) return answer(run, now)
      if (run.waitingFor === 'reply') {
        note(run, 'timed_out', now)
        return goOn(run, step.on_timeout ?? 'next', now)
      }
      note(run, 'waiting', now, { reason: 'reply' })
      run.waitingFor = 'reply'
      return setDue(run, after(now, step.timeout!, zone), now)
    }
    const isDone = run.notes.has(step.id) && run.notes.get(step.id)!.outcome !== 'waiting'
    if (run.waitingFor === null && isDone) return goOn(run, 'next', now)
    if (isMessage(step)) {
      const opening = openFrom(now, run.sequence.hours, zone)
      return opening > now ? setDue(run, opening, now) : sendTo(run, step, now)
    }
    if (step.type === 'move_stage' && lead.stage === stages.guarded && step.stage_id !== lead.stage) {
      note(run, 'skipped', now, { reason: 'blocked' })
      return goOn(run, 'next', now)
    }
    if (step.type === 'add_tag') lead.tags.add(step.tag!)
    if (step.type === 'remove_tag') lead.tags.delete(step.tag!)
    if (step.type === 'move_stage') arrive(lead, step.stage_id!, now, run)
    note(run, 'done', now)
    goOn(run, 'next', now)
  }

  return {
    runs,
    runsOf,
    /** When something is due next. */
    next: () => Math.min(...active().flatMap((run) => (run.sequence.pausedAt === null ? run.due : []))),
    settle(now: number) {
      for (;;) {
        const due = active().filter((run) => run.sequence.pausedAt === null && run.due <= now)
        if (due.length === 0) return
        for (const run of due) if (run.status === 'active') act(run, now)
      }
    },
    start(sequence: ModelSequence, lead: ModelLead, now: number) {
      if (runsOf(lead).some((run) => run.sequence === sequence)) return
      const version = sequence.versions.length
      const [first] = sequence.versions.at(-1)!
      const run = { sequence, lead, version, startedAt: now, status: 'active', notes: new Map() } as ModelRun
      Object.assign(run, { isAnswered: false, hasReplied: false, giveUpAt: 0, finishedAt: 0 })
      plan(run, first!, now)
      runs.push(run)
    },
    stop(sequence: ModelSequence, lead: ModelLead, now: number) {
      for (const run of runsOf(lead)) if (run.sequence === sequence) end(run, 'stopped', now)
    },
    reply(lead: ModelLead, now: number) {
      lead.isWindowOpen = true
      hearAll(lead, now, 'replied')
    },
    arrive,
    archive(lead: ModelLead, now: number) {
      if (lead.isArchived) return
      lead.isArchived = true
      hearAll(lead, now, 'archived')
    },
    optOut(lead: ModelLead, now: number) {
      if (!lead.isOptedOut) hearAll(lead, now, 'opted_out')
      lead.isOptedOut = true
    },
    remove(lead: ModelLead, now: number) {
      lead.isThere = false
      hearAll(lead, now, 'deleted')
    },
    merge(survivor: ModelLead, duplicate: ModelLead, now: number) {
      const isOver = statusOf(survivor) !== 'open' && statusOf(survivor) !== statusOf(duplicate)
      for (const run of runsOf(duplicate)) {
        const isDouble = runsOf(survivor).some(({ sequence }) => sequence === run.sequence)
        if (isDouble || isOver) end(run, 'merged', now)
      }
      for (const run of runs) if (run.lead === duplicate) run.lead = survivor
      duplicate.isThere = false
      survivor.isOptedOut ||= duplicate.isOptedOut
    },
    connect(is: boolean) {
      isConnected = is
    },
    pause(sequence: ModelSequence, now: number) {
      sequence.pausedAt ??= now
    },
    resume(sequence: ModelSequence, now: number) {
      if (sequence.pausedAt === null) return
      for (const run of active().filter((each) => each.sequence === sequence)) {
        const stood = now - Math.max(sequence.pausedAt, run.dueSetAt)
        run.due += stood
        run.giveUpAt += now - sequence.pausedAt
      }
      sequence.pausedAt = null
    },
    edit(sequence: ModelSequence, steps: Step[], isMove: boolean) {
      if (!isDeepStrictEqual(asKept(steps), asKept(sequence.versions.at(-1)!))) sequence.versions.push(steps)
      if (!isMove) return
      for (const run of active().filter((each) => each.sequence === sequence)) {
        const before = stepsOf(run)
        const ahead = before.slice(before.indexOf(stepOf(run)))
        const to = steps.find(
          ({ id }) => id === ahead.find((each) => steps.some((s) => s.id === each.id))?.id,
        )
        if (!to || run.version === sequence.versions.length) continue
        if (to.id !== run.step || to.type !== ahead[0]!.type) run.waitingFor = null
        Object.assign(run, { step: to.id, version: sequence.versions.length })
      }
    },
  }
}
/** In whatever order a step's parts are named, it is the same step. */
const asKept = (steps: Step[]): unknown => JSON.parse(JSON.stringify(steps))

export type Model = ReturnType<typeof createModel>
