import { plural } from '../../plural.ts'
import type { enrollments as words } from '../../pt-BR/settings/enrollments.ts'

export const enrollments: typeof words = {
  tab: 'Add leads',
  help: 'Choose who enters. Whoever is in the sequence already stays where they are.',
  fits: plural('en', { one: '{n} lead fits these filters.', other: '{n} leads fit these filters.' }),
  unfiltered: 'That is all of them: choose a filter if you mean fewer.',
  start: 'Put into the sequence',
  startTitle: (count: string, sequence: string) => `Put ${count} into ${sequence}?`,
  startHelp:
    'Each begins with the first step, and messages go out by themselves. You can stop it, but whoever has entered goes on.',
  startNow: 'Put in',
  paused: 'The sequence is paused: whoever enters waits until it is resumed.',
  begun: 'It has begun. You can leave this screen; it goes on by itself.',
  past: 'Added so far',
  by: (name: string, moment: string) => `${name}, ${moment}`,
  progress: (seen: string, total: string) => `${seen} of ${total} so far.`,
  statuses: { running: 'Under way', done: 'Done', stopped: 'Stopped', failed: 'Failed' },
  started: plural('en', { one: '{n} lead entered.', other: '{n} leads entered.' }),
  already: plural('en', { one: '{n} was in it already.', other: '{n} were in it already.' }),
  stop: 'Stop',
  wasStopped: plural('en', {
    one: 'Stopped. {n} lead has entered and goes on.',
    other: 'Stopped. {n} leads have entered and go on.',
  }),
  failures: {
    invalid: 'One of the filters is gone.',
    deleted: 'The sequence was deleted.',
    other: 'An error stopped it. Begin again.',
  },
  everybody: 'All leads',
  or: ' or ',
  moreFilters: 'other filters',
}
