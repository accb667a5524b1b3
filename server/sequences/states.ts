export const sequenceStatuses = ['active', 'paused', 'deleted'] as const
/** Active, or how it ended. */
export const runStatuses = [
  'active',
  'done',
  'stopped',
  'replied',
  'stage_changed',
  'won',
  'lost',
  'archived',
  'opted_out',
  'deleted',
  'merged',
  'failed',
] as const
export const outcomes = ['sent', 'done', 'replied', 'timed_out', 'skipped', 'waiting', 'failed'] as const
export const waitingFor = ['reply', 'window', 'number'] as const
export const enrollmentStatuses = ['running', 'done', 'failed'] as const
