import type { InstanceRow } from '#conversations/tables.ts'
import type { Handle } from '#platform/database.ts'
import { createVault, type Vault } from '#platform/encryption.ts'
import type { Operator } from '#platform/route.ts'
import { cloudApi } from '#whatsapp/cloud-api/provider.ts'
import type { Provider } from '#whatsapp/provider.ts'
import { sandbox } from '#whatsapp/sandbox/provider.ts'
import type { Engine } from '#whatsapp/waha/calls.ts'
import { waha } from '#whatsapp/waha/provider.ts'

export type Instance = InstanceRow
/** What a provider is made of, beside the number itself. */
export type Outside = Pick<Operator, 'secret' | 'graph' | 'network'> & { db: Handle }
/** What is kept sealed: the first two of Meta's, the others of WAHA's. */
export type Secrets = { token: string; app_secret: string; api_key: string; hmac_key: string }

/** The provider behind a number. */
export function channelOf(instance: Instance, { secret, graph, network, db }: Outside): Provider {
  const { provider, number_key, business_key, settings } = instance
  const secrets = secretsOf(instance, secret)
  switch (provider) {
    case 'cloud_api':
      return cloudApi(
        {
          phone_number_id: number_key,
          business_account_id: business_key ?? '',
          token: secrets.token ?? '',
          app_secret: secrets.app_secret ?? '',
          base_url: graph.url,
          version: graph.version,
          media_origins: graph.mediaOrigins,
        },
        network,
      )
    case 'waha':
      return waha(
        {
          base_url: String(settings.base_url),
          session: number_key,
          api_key: secrets.api_key ?? '',
          hmac_key: secrets.hmac_key ?? '',
          engine: settings.engine as Engine,
        },
        network,
      )
    case 'sandbox':
      return sandbox(instance, db)
  }
}

export function secretsOf({ account_id, secrets }: Instance, secret: Outside['secret']): Partial<Secrets> {
  return secrets ? JSON.parse(vaultOf(secret).open(secrets, `account ${account_id}`)) : {}
}

export const sealed = (secrets: Partial<Secrets>, accountId: number, secret: Outside['secret']) =>
  vaultOf(secret).seal(JSON.stringify(secrets), `account ${accountId}`)

const vaults = new Map<string, Vault>()

function vaultOf(secret: Outside['secret']) {
  const key = secret()
  const vault = vaults.get(key) ?? createVault(key, 'whatsapp secrets')
  vaults.set(key, vault)
  return vault
}
