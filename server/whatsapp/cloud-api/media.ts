import { idIn, objectIn, textIn } from '#platform/loose.ts'
import type { Network } from '#platform/network.ts'
import { type CloudApiSettings, defaultMediaOrigins, foundIn, graph } from '#whatsapp/cloud-api/calls.ts'
import { hexOf, isExpected, mimeTypeOf, upTo } from '#whatsapp/media.ts'
import type { Found, Media, OpenedMedia } from '#whatsapp/provider.ts'
import { type Failure, failed } from '#whatsapp/reasons.ts'

/** Meta's addresses live for five minutes, so each download asks for a new one. */
export async function openMetaMedia(
  settings: CloudApiSettings,
  network: Network,
  media: Media,
  longestBytes: number,
): Promise<Found<OpenedMedia>> {
  if (media.id === null) return { failure: failed('media_unreadable', { detail: media.problem }) }
  const query = { phone_number_id: settings.phone_number_id }
  const resolved = foundIn(await graph(settings, network)('GET', [media.id], { query }))
  if ('failure' in resolved) return { failure: ofMedia(resolved.failure) }
  const { url, mime_type, sha256 } = objectIn(resolved.found)
  const address = textIn(url) ?? ''
  if (!isExpected(address, settings.media_origins ?? defaultMediaOrigins))
    return { failure: failed('media_unreadable', { detail: 'The media is not where Meta keeps media.' }) }
  const opened = await network.open(address, { authorization: `Bearer ${settings.token}` })
  if (!opened) return { failure: failed('provider_unreachable') }
  if (opened.status !== 200)
    return { failure: failed('media_unreadable', { detail: `HTTP ${opened.status}` }) }
  return {
    found: {
      mime_type: mimeTypeOf(textIn(mime_type)),
      sha256: hexOf(idIn(sha256)) ?? media.sha256,
      bytes: upTo(longestBytes, opened.body),
    },
  }
}

/** The object that Meta does not know is the media here, and not the number. */
const ofMedia = (failure: Failure) =>
  failure.reason === 'number_missing' ? failed('media_unreadable', failure) : failure
