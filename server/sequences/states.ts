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
/** Why a step waits, was left out, or failed: what messages are refused for, and what else there is. */
export const stepReasons = [
  'window_closed',
  'no_phone',
  'no_instance',
  'instance_disconnected',
  'template_not_approved',
  'templates_unsupported',
  'template_variables',
  'opted_out',
  'empty_text',
  'blocked',
  'invalid',
  'not_found',
  'refused',
  'reply',
  'calling',
  'no_answer',
  'error',
] as const
/** A call that was answered tells with what. */
export type StepReason = (typeof stepReasons)[number] | `HTTP ${number}`
export const waitingFor = ['reply', 'window', 'number'] as const
export const enrollmentStatuses = ['running', 'done', 'stopped', 'failed'] as const
