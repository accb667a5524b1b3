import { readPhone } from '#leads/identity/phone.ts'
import type { IdentityKind, Person } from '#whatsapp/provider.ts'

export type IdKind = 'phone' | 'lid' | 'bsuid' | 'group' | 'channel' | 'story' | 'broadcast_list' | 'unknown'

/** Who or what an id of WhatsApp stands for. */
export function kindOf(id: string): IdKind {
  if (id === 'status@broadcast') return 'story'
  const server = /@([\w.]+)$/.exec(id)?.[1]
  if (server !== undefined) return kindOfServer[server] ?? 'unknown'
  if (isBsuid(id)) return 'bsuid'
  return /^\+?\d{6,}$/.test(id) ? 'phone' : 'unknown'
}

const kindOfServer: Record<string, IdKind> = {
  'c.us': 'phone',
  's.whatsapp.net': 'phone',
  lid: 'lid',
  'hosted.lid': 'lid',
  'g.us': 'group',
  newsletter: 'channel',
  broadcast: 'broadcast_list',
}

/** Meta's id of a person for one business; whoever has a username may show nothing else. */
export const isBsuid = (id: string) => /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(id)

/** `555187654321:3@s.whatsapp.net` → `+5551987654321`; null for what is no phone, such as a hidden id. */
export function phoneOf(id: string): string | null {
  if (kindOf(id) !== 'phone') return null
  const digits = withoutDevice(id).replace(/@.*$/, '').replace(/\D/g, '')
  return readPhone(`+${digits}`, 'BR')
}

/** The id that WAHA's calls take: engines also write `…:12@s.whatsapp.net` for the same person. */
export const chatIdOf = (id: string) => withoutDevice(id).replace(/@s\.whatsapp\.net$/, '@c.us')

export const digitsOf = (phone: string) => phone.replace(/\D/g, '')

const withoutDevice = (id: string) => id.replace(/:\d+(?=@)/, '')

/** Everything by which this person can be known again; what is missing is left out. */
export function personOf({
  address,
  phone = null,
  name = null,
  username = null,
  ids,
}: {
  address: string | null
  phone?: string | null
  name?: string | null
  username?: string | null
  ids: Partial<Record<IdentityKind, string | null>>
}): Person {
  const all = Object.entries({ phone, ...ids }) as [IdentityKind, string | null | undefined][]
  const identities = all.flatMap(([kind, value]) => (value ? [{ kind, value }] : []))
  return { address, phone, name, username, identities }
}
