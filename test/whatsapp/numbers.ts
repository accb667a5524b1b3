import { instances } from '#conversations/tables.ts'
import type { Operator } from '#platform/route.ts'
import type { Scope } from '#platform/scope.ts'
import { type Instance, sealed } from '#whatsapp/channels.ts'
import { testSecret } from '../harness.ts'
import { type Meta, metaAppSecret, metaBusiness, metaNumber, metaToken } from './meta-simulator.ts'
import { type Waha, wahaHmacKey, wahaKey, wahaSession } from './waha-simulator.ts'

/** What an app must be told so that Meta is the simulator. */
export const graphOf = (meta: Meta): Operator['graph'] => ({
  url: meta.url,
  version: 'v25.0',
  mediaOrigins: [meta.url],
})

type Given = { isPrimary?: boolean; number?: string; business?: string; appSecret?: string; secret?: string }

/** A connected number at Meta, as if somebody had connected it. */
export async function metaNumberOf(
  { accountId, db }: Scope,
  {
    isPrimary = true,
    number = metaNumber,
    business = metaBusiness,
    appSecret = metaAppSecret,
    secret = testSecret,
  }: Given = {},
): Promise<Instance> {
  const [instance] = await db
    .insert(instances)
    .values({
      account_id: accountId,
      provider: 'cloud_api',
      display_name: 'Loja Exemplo',
      phone_number: '+551140001234',
      is_primary: isPrimary,
      status: 'connected',
      number_key: number,
      business_key: business,
      secrets: sealed({ token: metaToken, app_secret: appSecret }, accountId, () => secret),
    })
    .returning()
  return instance!
}

/** A connected session of a WAHA server. */
export async function wahaNumberOf(
  { accountId, db }: Scope,
  waha: Pick<Waha, 'url' | 'settings'>,
  { secret = testSecret }: { secret?: string } = {},
): Promise<Instance> {
  const [instance] = await db
    .insert(instances)
    .values({
      account_id: accountId,
      provider: 'waha',
      display_name: 'Loja Exemplo',
      phone_number: '+551140001234',
      status: 'connected',
      number_key: wahaSession,
      settings: { base_url: waha.url, engine: waha.settings.engine },
      secrets: sealed({ api_key: wahaKey, hmac_key: wahaHmacKey }, accountId, () => secret),
    })
    .returning()
  return instance!
}
