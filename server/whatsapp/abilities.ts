import type { Abilities, ProviderKind } from '#whatsapp/provider.ts'

const official = { supports_templates: true, supports_buttons: true, has_window_restriction: true }
const unofficial = { supports_templates: false, supports_buttons: false, has_window_restriction: false }

/** What numbers of each kind can do; the sandbox behaves like the official API. */
const abilities: Record<ProviderKind, Abilities> = {
  cloud_api: official,
  waha: unofficial,
  sandbox: official,
}

export const abilitiesOf = ({ provider }: { provider: ProviderKind }) => abilities[provider]
