import { and, eq } from 'drizzle-orm'
import { MessageId } from '#conversations/schema.ts'
import { messageMedia } from '#conversations/tables.ts'
import { notFound } from '#platform/errors.ts'
import { fileRoute, tagged } from '#platform/route.ts'
import type { Scope } from '#platform/scope.ts'

export const mediaRoutes = tagged('Conversations', [
  fileRoute(
    'getMessageMedia',
    '/messages/{id}/media',
    {
      permission: 'whatsapp:read',
      summary: 'The image, audio, video or document of a message',
      description:
        'There when `media.state` of the message is `kept`. Parts of it with `Range`. Only images, audio, video and PDF are shown in a browser; the rest is saved.',
      params: MessageId,
    },
    async ({ scope, params, operator }) => {
      const { storage_key, size_bytes, sha256, mime_type, filename } = await findKept(scope, params.id)
      return {
        sizeBytes: size_bytes!,
        sha256: sha256!,
        mimeType: mime_type,
        filename,
        open: (range) => operator.files.open(storage_key!, range),
      }
    },
  ),
])

async function findKept(scope: Scope, messageId: number) {
  const [media] = await scope.db
    .select()
    .from(messageMedia)
    .where(
      and(
        eq(messageMedia.account_id, scope.accountId),
        eq(messageMedia.message_id, messageId),
        eq(messageMedia.state, 'kept'),
      ),
    )
  if (!media) throw notFound('media')
  return media
}
