type Lead = object
type Task = object
type Webhook = { id: number; target_url: string }
type Stage = { id: number; name: string }
type Message = object
type Instance = object
type Conversation = { id: number; instance_id: number; lead_id: number | null; unread_count: number }
type Move = { from: Stage; to: Stage }
type Sequence = { id: number; name: string }
type Run = object

/** Every event and its payload: past facts, safe to hear twice. `lead` is the lead as the API shows it. */
export type Catalog = {
  'lead.created': { lead: Lead }
  'lead.updated': { lead: Lead }
  'lead.deleted': { lead: Lead }
  'lead.merged': { lead: Lead; merged: Lead }
  'lead.assigned': { lead: Lead; assigned_to: number | null }
  'lead.tagged': { lead: Lead; added: string[]; removed: string[] }
  'lead.stage_changed': { lead: Lead } & Move
  'lead.won': { lead: Lead; stage: Stage; from: Stage | null; value: number }
  'lead.lost': { lead: Lead; stage: Stage; from: Stage | null; value: number; reason: Stage | null }
  /** `reach`: all messages, or only Meta's marketing; `source`: a word of the customer's, Meta, or a person here. */
  'lead.opted_out': { lead: Lead; reach: string; source: string }
  'lead.opted_in': { lead: Lead; reach: string; source: string }
  'task.created': { task: Task }
  'task.updated': { task: Task }
  'task.completed': { task: Task }
  'message.received': { message: Message }
  'message.sent': { message: Message }
  /** The message as it is now; `previous` has the state before. */
  'message.status': { message: Message }
  /** Edited, taken back or reacted to; or its file has come. */
  'message.updated': { message: Message }
  /** Here, by us: what the customer reads is a message's status. */
  'conversation.read': { conversation: Conversation }
  'conversation.unread': { conversation: Conversation }
  /** It has a lead now, or another one. */
  'conversation.linked': { conversation: Conversation }
  'sequence.started': { sequence: Sequence; run: Run; lead: Lead }
  /** What a run did, skipped, or waits for. */
  'sequence.step': { sequence: Sequence; run: Run; step: object }
  /** `run.status` says how; `lead` is null when the lead is gone. */
  'sequence.finished': { sequence: Sequence; run: Run; lead: Lead | null }
  'instance.status': { instance: Instance }
  'webhook.test': { webhook: Webhook }
  'webhook.disabled': { webhook: Webhook; reason: string }
}
export type EventType = keyof Catalog
