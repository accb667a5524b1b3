import { sql } from 'drizzle-orm'
import { isPassing } from '#platform/passing.ts'
import type { Scope } from '#platform/scope.ts'
import type { Send } from '#sequences/engine/effects.ts'
import { beginAndEnd, takeSteps } from '#sequences/engine/engine.ts'
import { queueMessage } from '#whatsapp/outbox/queue.ts'
import type { App } from '../harness.ts'
import { type Branch, openBranch } from './branch.ts'
import { createModel, type Model, type ModelLead, type ModelSequence } from './model.ts'
import { edited, type Materials, type Random, seeded, someHours, someSteps } from './operations.ts'
import { accountsRuns, modelsRuns } from './told.ts'

export type Size = {
  seed: number
  sequences: number
  leads: number
  operations: number
  days: number
  /** How often the connection dies, before or after a message is written. */
  crashes: number
  onProgress?: (done: number) => void
}

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

/** One account lives its months, and the model beside it; gives what each tells of every run. */
export async function live(app: App, kind: Kind, size: Size) {
  const random = seeded(size.seed)
  const branch = await openBranch(app, kinds[kind])
  const model = createModel({
    zone: kinds[kind].zone,
    hasWindows: branch.templateId !== null,
    stages: branch.stages,
  })
  const materials = { stages: branch.places, templateId: branch.templateId, mayMove: !kinds[kind].isShared }
  const begin = Date.parse('2026-02-01T00:00:00Z')
  const engine = openEngine(app, size)
  const world: World = {
    branch,
    model,
    random,
    materials,
    isShared: kinds[kind].isShared,
    ...(await people(branch, random, materials, size)),
  }
  const times = Array.from(
    { length: size.operations },
    () => begin + random.below((size.days * dayMs) / minuteMs) * minuteMs,
  )
  times.sort((a, b) => a - b)
  for (const [done, time] of [...times, begin + (size.days + 60) * dayMs].entries()) {
    size.onProgress?.(done)
    const { backAt } = world
    if (backAt !== null && backAt < time) {
      await passUntil(backAt, world, engine)
      await reconnect(world)
      await settle(world, engine, backAt)
    }
    await passUntil(time, world, engine)
    await operate(world, time)
    await settle(world, engine, time)
  }
  return {
    told: await accountsRuns(app, branch.accountId),
    expected: modelsRuns(model),
    crashes: engine.crashes(),
    looks: engine.looks(),
  }
}

export const kinds = {
  official: { zone: 'America/New_York', provider: 'cloud_api', isShared: false },
  unofficial: { zone: 'America/Santiago', provider: 'waha', isShared: false },
  /** Leads are in several sequences at once, enrolled by tag, merged. */
  shared: { zone: 'Europe/Lisbon', provider: 'waha', isShared: true },
} as const
export type Kind = keyof typeof kinds

type World = {
  branch: Branch
  model: Model
  random: Random
  materials: Materials
  isShared: boolean
  leads: ModelLead[]
  sequences: ModelSequence[]
  nextId: () => string
  /** When the number is there again. */
  backAt: number | null
}

async function people(branch: Branch, random: Random, materials: Materials, size: Size) {
  const leads: ModelLead[] = []
  for (let n = 0; n < size.leads; n++) {
    const { id, stage_id } = await branch.newLead(`Lead${n} Silva`, `+55119${80_000_000 + n}`)
    const rest = { isThere: true, isArchived: false, isOptedOut: false, isWindowOpen: false }
    leads.push({ id, first: `Lead${n}`, stage: stage_id, tags: new Set(), ...rest })
  }
  let ids = 0
  const nextId = () => `passo_${++ids}`
  const sequences: ModelSequence[] = []
  for (let n = 0; n < size.sequences; n++) {
    const [stopOnReply, stopOnStageChange] = [random.chance(0.5), random.chance(0.4)]
    const hours = someHours(random)
    const { id, steps } = await branch.newSequence({
      name: `S${n}`,
      steps: someSteps(random, materials, nextId),
      stop_on_reply: stopOnReply,
      stop_on_stage_change: stopOnStageChange,
      sending_hours: hours,
    })
    const versions = [steps as ModelSequence['versions'][number]]
    sequences.push({ id, versions, stopOnReply, stopOnStageChange, hours, pausedAt: null })
  }
  return { leads, sequences, nextId, backAt: null }
}

/** From one moment at which something is due to the next, as either of them says. */
async function passUntil(end: number, world: World, engine: Engine) {
  for (;;) {
    const now = Math.min(world.model.next(), await engine.next(world.branch.accountId))
    if (now >= end) return
    await settle(world, engine, now)
  }
}

async function settle({ model }: World, engine: Engine, now: number) {
  await engine.settle(now)
  model.settle(now)
}

async function reconnect(world: World) {
  world.backAt = null
  await world.branch.connect(true)
  world.model.connect(true)
}

async function operate(world: World, time: number) {
  const { branch, model, random, materials, isShared, leads, sequences, nextId } = world
  const now = new Date(time)
  const lead = random.pick(leads.filter(({ isThere }) => isThere))
  const sequence = random.pick(sequences)
  const isHeld = lead.stage === branch.stages.guarded
  const kind = random.below(100)
  if (kind < 45) {
    if (!isShared && model.runsOf(lead).length > 0) return
    await branch.start(sequence.id, lead.id, now)
    return model.start(sequence, lead, time)
  }
  if (kind < 65) {
    await branch.reply(lead.id)
    return model.reply(lead, time)
  }
  if (kind < 71 && !isHeld) {
    const stage = random.pick(materials.stages)
    await branch.move(lead.id, stage)
    return model.arrive(lead, stage, time)
  }
  if (kind < 73 && !isHeld) {
    const outcome = random.pick(['won', 'lost'] as const)
    await (outcome === 'won' ? branch.win(lead.id) : branch.lose(lead.id))
    return model.arrive(lead, branch.stages[outcome], time)
  }
  if (kind < 75) {
    await branch.archive(lead.id)
    return model.archive(lead, time)
  }
  if (kind < 76) {
    await branch.optOut(lead.id)
    return model.optOut(lead, time)
  }
  if (kind < 78) {
    if (leads.filter(({ isThere }) => isThere).length < 5) return
    await branch.remove(lead.id)
    return model.remove(lead, time)
  }
  if (kind < 81) {
    const run = model.runsOf(lead)[0]
    if (!run) return
    await branch.stop(run.sequence.id, lead.id, now)
    return model.stop(run.sequence, lead, time)
  }
  if (kind < 87) {
    if (sequence.pausedAt === null) {
      await branch.pause(sequence.id, now)
      return model.pause(sequence, time)
    }
    await branch.resume(sequence.id, now)
    return model.resume(sequence, time)
  }
  if (kind < 90) {
    // For some hours, or for longer than anybody waits.
    world.backAt ??= time + random.below(90 * 60) * minuteMs
    await branch.connect(false)
    return model.connect(false)
  }
  if (kind < 93) {
    await branch.closeWindow(lead.id)
    lead.isWindowOpen = false
    return
  }
  if (kind < 97) {
    const steps = edited(random, sequence.versions.at(-1)!, materials, nextId())
    const isMove = random.chance(0.6)
    await branch.edit(sequence.id, { steps, apply_to_runs: isMove ? 'move' : 'finish' })
    return model.edit(sequence, steps, isMove)
  }
  if (!isShared) return
  const tag = random.pick(['a', 'b', 'c'])
  if (kind < 99) {
    await branch.enroll(sequence.id, tag, now)
    for (const each of leads) if (each.isThere && each.tags.has(tag)) model.start(sequence, each, time)
    return
  }
  const other = random.pick(leads.filter(({ isThere }) => isThere))
  if (other === lead) return
  await branch.merge(lead.id, other.id)
  for (const each of other.tags) lead.tags.add(each)
  model.merge(lead, other, time)
}

type Engine = ReturnType<typeof openEngine>

/** The product's engine, two at a time, whose connections die now and then in the middle of a step. */
function openEngine(app: App, { seed, crashes }: Size) {
  const { db } = app.database
  const dice = seeded(seed + 1)
  let [died, looked] = [0, 0]
  async function die(scope: Scope) {
    died++
    await scope.db.execute(sql`select pg_terminate_backend(pg_backend_pid())`)
  }
  const send: Send = async (scope, order) => {
    if (dice.chance(crashes)) await die(scope)
    const sent = await queueMessage(scope, order)
    if (dice.chance(crashes)) await die(scope)
    return sent
  }
  function onTrouble(error: unknown) {
    if (!isPassing(error)) throw error
  }
  async function look(now: Date) {
    looked++
    const before = died
    const clock = () => now
    const hasBegun = await beginAndEnd({ db, clock })
    const hasMoved = await takeSteps({ db, clock, send, onTrouble })
    return hasBegun || hasMoved || died > before
  }
  return {
    crashes: () => died,
    looks: () => looked,
    async settle(time: number) {
      for (let n = 0; n < 10_000; n++) {
        const both = await Promise.all(
          dice.chance(0.1) ? [look(new Date(time)), look(new Date(time))] : [look(new Date(time))],
        )
        if (!both.some(Boolean)) return
      }
      throw new Error('It never came to rest.')
    },
    async next(accountId: number) {
      const { rows } = await db.execute<{ at: number | null }>(sql`
        select extract(epoch from min(r.due_at + s.paused_ms * interval '1 millisecond')) * 1000 as at
        from sequence_runs r join sequences s on s.account_id = r.account_id and s.id = r.sequence_id
        where r.account_id = ${accountId} and r.status = 'active' and s.status = 'active'`)
      return rows[0]?.at ?? Number.POSITIVE_INFINITY
    },
  }
}
