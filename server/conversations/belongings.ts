import { and, eq, inArray } from 'drizzle-orm'
import { conversations } from '#conversations/tables.ts'
import type { Belonging } from '#leads/identity/belongings.ts'
import type { Scope } from '#platform/scope.ts'

/** Two leads that become one keep both their conversations; parted again, each has its own. */
export const conversationsOfLead: Belonging = {
  name: 'conversations',
  async move(scope, from, to) {
    const moved = await give(scope, from, to)
    return moved.map(({ id }) => id)
  },
  giveBack: (scope, moved, from, to) => give(scope, from, to, moved as number[]),
}

const give = (scope: Scope, from: number, to: number, ids?: number[]) =>
  scope.db
    .update(conversations)
    .set({ lead_id: to })
    .where(
      and(
        eq(conversations.account_id, scope.accountId),
        eq(conversations.lead_id, from),
        ids && inArray(conversations.id, ids),
      ),
    )
    .returning({ id: conversations.id })
