import type { common as words } from '../pt-BR/common.ts'

export const common: typeof words = {
  undo: 'Undo',
  clear: 'Clear',
  cancel: 'Cancel',
  save: 'Save',
  close: 'Close',
  tryAgain: 'Try again',
  loading: 'Loading…',
  loadMore: 'Load more',
  search: 'Search',
  nobody: 'Nobody',
}
