import { plural } from '../plural.ts'
import type { pipelines as words } from '../pt-BR/pipelines.ts'

export const pipelines: typeof words = {
  title: 'Pipeline',
  switch: 'Switch pipeline',
  stages: 'Stages',
  emptyStage: 'Drag a lead here.',
  emptyFiltered: 'No leads here with these filters.',
  noTask: 'No next task',
  inStage: plural('en', { one: '{n} day in this stage', other: '{n} days in this stage' }),
  since: (ago: string) => `in this stage since ${ago}`,
  moveElsewhere: 'Move to…',
  daysShort: (n: number) => `${n} d`,
  unread: plural('en', { one: '{n} unread message', other: '{n} unread messages' }),
  order: 'Order',
  orders: {
    '-stage_changed_at': 'Last to arrive',
    stage_changed_at: 'Longest in the stage',
    '-value': 'Highest value',
    '-created_at': 'Newest',
  },
  move: 'Move',
  moveTitle: (name: string) => `Move ${name}`,
  moved: (name: string, stage: string) => `${name} moved to ${stage}.`,
  movedBack: (name: string) => `${name} is back where it was.`,
  wonTitle: (name: string) => `${name}: deal won`,
  wonValue: 'What is it worth?',
  wonSubmit: 'Mark as won',
  lostTitle: (name: string) => `${name}: deal lost`,
  lostReason: 'Why was it lost?',
  lostNoReason: 'No reason given',
  lostSubmit: 'Mark as lost',
  blockedTitle: (name: string) => `Before you move ${name}`,
  blockedHelp: (from: string, to: string) =>
    `${from} asks for this to be done. Tick what you have finished, and the lead goes on to ${to}.`,
  dragHelp:
    'To move, press space. Choose the stage with the arrow keys, drop with space, cancel with Escape. Enter opens the lead.',
  dragStart: (name: string) => `Picked up ${name}.`,
  dragOver: (stage: string) => `Over ${stage}.`,
  dragEnd: (name: string, stage: string) => `Dropped ${name} on ${stage}.`,
  dragCancel: 'Move cancelled.',
}
