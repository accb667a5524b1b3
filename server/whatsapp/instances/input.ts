import { type FieldErrors, invalid, shown } from '#platform/errors.ts'
import type { Network } from '#platform/network.ts'
import { isPlainlyPrivate } from '#platform/outbound.ts'
import type { InstanceChanges, NewInstance } from '#whatsapp/instances/schema.ts'
import type { ProviderKind } from '#whatsapp/provider.ts'

type Field = keyof NewInstance
const needed: Record<ProviderKind, Field[]> = {
  cloud_api: ['phone_number_id', 'business_account_id', 'token', 'app_secret'],
  waha: ['base_url', 'session', 'api_key'],
  sandbox: [],
}
// They become parts of an address.
const formats: Partial<Record<Field, RegExp>> = {
  phone_number_id: /^\d+$/,
  business_account_id: /^\d+$/,
  session: /^[\w-]+$/,
  base_url: /^https?:\/\/[^/?#@\s]+(\/[^?#@\s]*)?$/i,
}

/** Everything that this kind of number needs, and nothing that cannot be. */
export function ensureConnectable(input: NewInstance, network: Network) {
  refuse({ ...missing(input, needed[input.provider]), ...wrong(input, network) })
}

/** A key that is kept goes to no other address: it must be given again. */
export function ensureChangeable(
  changes: InstanceChanges,
  before: { base_url: string | null },
  network: Network,
) {
  const moves = Boolean(changes.base_url) && origin(changes.base_url!) !== origin(before.base_url ?? '')
  refuse({ ...missing(changes, moves ? ['api_key'] : []), ...wrong(changes, network) })
}

export const origin = (url: string) => url.replace(/\/+$/, '')

function missing(input: Partial<NewInstance>, fields: Field[]): FieldErrors {
  const absent = fields.filter((field) => !input[field])
  return Object.fromEntries(absent.map((field) => [field, [`The ${shown(field)} field is required.`]]))
}

function wrong(input: Partial<NewInstance>, network: Network): FieldErrors {
  const malformed = Object.entries(formats).filter(([field, format]) => {
    const value = input[field as Field]
    return value && !format.test(value)
  })
  const errors: FieldErrors = Object.fromEntries(
    malformed.map(([field]) => [field, [`The ${shown(field)} field format is invalid.`]]),
  )
  const problem = errors.base_url ? null : problemWithAddress(input.base_url, network)
  return problem ? { ...errors, base_url: [`The base url field must ${problem}`] } : errors
}

function problemWithAddress(baseUrl: string | null | undefined, { allowsPrivate }: Network) {
  if (!baseUrl || allowsPrivate) return null
  const { protocol, hostname } = new URL(baseUrl)
  const unless = 'unless FUNIL_ALLOW_PRIVATE_PROVIDERS=1 is set on the server.'
  if (isPlainlyPrivate(hostname)) return `be an address that everybody can reach, ${unless}`
  return protocol === 'https:' ? null : `start with https://, ${unless}`
}

function refuse(errors: FieldErrors) {
  if (Object.keys(errors).length > 0) throw invalid(errors)
}
