import type { common as words } from '../pt-BR/common.ts'

export const common: typeof words = {
  undo: 'Undo',
  clear: 'Clear',
  cancel: 'Cancel',
  save: 'Save',
  leaveTitle: 'Leave without saving?',
  leaveHelp: 'What you changed here is not saved yet, and will be lost.',
  leave: 'Leave without saving',
  stay: 'Stay here',
  close: 'Close',
  tryAgain: 'Try again',
  loading: 'Loading…',
  loadMore: 'Load more',
  search: 'Search',
  nobody: 'Nobody',
}
