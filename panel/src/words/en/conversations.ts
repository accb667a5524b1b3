import type { conversations as words } from '../pt-BR/conversations.ts'

export const conversations: typeof words = {
  title: 'Inbox',
}
