import type { Network } from '#platform/network.ts'
import { mimeTypeOf, upTo } from '#whatsapp/media.ts'
import type { Found, Media, OpenedMedia } from '#whatsapp/provider.ts'
import { failed } from '#whatsapp/reasons.ts'
import type { WahaSettings } from '#whatsapp/waha/calls.ts'

/** WAHA forgets files after three minutes, and names itself by an address that may be its own inside. */
export async function openWahaMedia(
  { base_url, api_key }: WahaSettings,
  network: Network,
  media: Media,
  longestBytes: number,
): Promise<Found<OpenedMedia>> {
  const address = media.url === null ? null : fileAddress(base_url, media.url)
  if (address === null) return { failure: failed('media_unreadable', { detail: media.problem }) }
  const opened = await network.open(address, { 'x-api-key': api_key })
  if (!opened) return { failure: failed('provider_unreachable') }
  if (opened.status !== 200)
    return { failure: failed('media_unreadable', { detail: `HTTP ${opened.status}` }) }
  const mime_type = mimeTypeOf([opened.headers['content-type']].flat()[0] ?? null) ?? media.mime_type
  return { found: { mime_type, sha256: null, bytes: upTo(longestBytes, opened.body) } }
}

/** Only its files, and only at the address that was configured: the key goes nowhere else. */
export function fileAddress(baseUrl: string, url: string): string | null {
  if (!URL.canParse(url)) return null
  const { pathname } = new URL(url)
  const at = pathname.indexOf('/api/files/')
  return at === -1 ? null : `${baseUrl.replace(/\/+$/, '')}${pathname.slice(at)}`
}
