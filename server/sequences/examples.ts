import type { Run, RunWithSteps, Sequence } from '#sequences/schema.ts'

const instant = (text: string) => text as unknown as Date

export const sequenceExample: Sequence = {
  id: 9,
  name: 'Boas-vindas',
  status: 'active',
  version: 1,
  steps: [
    { id: 'ola', type: 'message', text: 'Oi, {{first_name|amigo}}, posso ajudar' },
    { id: 'espera', type: 'wait_reply', timeout: { days: 2 }, on_reply: 'end' },
    {
      id: 'ligar',
      type: 'create_task',
      delay: { hours: 1 },
      task: { subject: 'Ligar para {{name}}', type: 'call', due_in_days: 1 },
    },
  ],
  instance_id: null,
  stop_on_reply: true,
  stop_on_stage_change: false,
  sending_hours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '20:00' },
  paused_at: null,
  runs: {
    active: 120,
    finished: {
      done: 310,
      stopped: 4,
      replied: 95,
      stage_changed: 0,
      won: 12,
      lost: 7,
      archived: 0,
      opted_out: 3,
      deleted: 1,
      merged: 0,
      failed: 0,
    },
    replied: 140,
    reply_rate: 0.2536,
  },
  created_at: instant('2026-06-29T08:00:00.000Z'),
  updated_at: instant('2026-06-29T08:00:00.000Z'),
}

export const newSequenceExample = {
  name: sequenceExample.name,
  steps: sequenceExample.steps,
  sending_hours: sequenceExample.sending_hours,
}

export const runExample: Run = {
  id: 501,
  sequence_id: 9,
  sequence: { id: 9, name: 'Boas-vindas' },
  lead_id: 123,
  lead: { id: 123, name: 'João Silva', phone: '+5511999887766', email: 'joao@example.com' },
  version: 1,
  status: 'active',
  step_id: 'espera',
  next_at: instant('2026-07-02T10:00:00.000Z'),
  waiting_for: 'reply',
  replied_at: null,
  started_at: instant('2026-06-30T10:00:00.000Z'),
  finished_at: null,
}

export const runStepExample: RunWithSteps['steps'][number] = {
  step_id: 'ola',
  type: 'message',
  outcome: 'sent',
  reason: null,
  detail: null,
  message_id: 88001,
  message: {
    id: 88001,
    conversation_id: 71,
    state: 'read',
    text: 'Oi, João, posso ajudar',
    failure: null,
  },
  at: instant('2026-06-30T10:00:01.000Z'),
}
