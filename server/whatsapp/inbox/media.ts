import { sql } from 'drizzle-orm'
import { messageMedia } from '#conversations/tables.ts'
import { messages } from '#platform/messages.ts'
import type { Scope } from '#platform/scope.ts'
import { safeFilename } from '#whatsapp/media.ts'
import type { Media } from '#whatsapp/provider.ts'

/** This message's image, audio or document is to be fetched: due when the transaction that heard of it commits. */
export async function keepMedia(scope: Scope, messageId: number, media: Media) {
  const isThere = media.problem === null && (media.id !== null || media.url !== null)
  await scope.db
    .insert(messageMedia)
    .values({
      account_id: scope.accountId,
      message_id: messageId,
      source: media,
      mime_type: media.mime_type,
      filename: safeFilename(media.filename),
      ...(isThere
        ? { storage_key: `${scope.accountId}/${messageId}`, due_at: sql`now_ms()` }
        : { state: 'failed' as const, problem: messages.whatsappFailures.media_unreadable }),
    })
    // The same message heard again brings the same file.
    .onConflictDoNothing()
}
