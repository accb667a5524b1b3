import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Instance } from '#whatsapp/channels.ts'
import { handshake } from '#whatsapp/signatures.ts'

type Whose = Pick<Instance, 'account_id' | 'id' | 'provider'>

/** What an account types into Meta's form. It says whose it is, so nothing has to be looked up. */
export const verifyTokenOf = (secret: string, accountId: number) =>
  `funil-${accountId}-${mark(secret, `verify token ${accountId}`)}`

/** The challenge to answer Meta's question with; null when the token is nobody's. */
export function answerToHandshake(secret: string, query: Record<string, unknown>): string | null {
  const accountId = /^funil-(\d{1,15})-/.exec(String(query['hub.verify_token']))?.[1]
  return accountId ? handshake(query, verifyTokenOf(secret, Number(accountId))) : null
}

/** Where this number's provider is told to send its webhooks. Meta has one address for all numbers of an app. */
export const hookPathOf = (secret: string, { account_id, id, provider }: Whose) =>
  provider === 'waha'
    ? `/hooks/whatsapp/waha/${account_id}-${id}-${instanceMark(secret, account_id, id)}`
    : '/hooks/whatsapp/cloud'

/** Which number this part of the address stands for; null when it was not made here. */
export function instanceOfPath(secret: string, part: string): { accountId: number; id: number } | null {
  const [, accountId, id, given] = /^(\d{1,15})-(\d{1,15})-([\w-]+)$/.exec(part) ?? []
  if (!given) return null
  const named = { accountId: Number(accountId), id: Number(id) }
  return isSame(given, instanceMark(secret, named.accountId, named.id)) ? named : null
}

const instanceMark = (secret: string, accountId: number, id: number) =>
  mark(secret, `waha hook ${accountId} ${id}`)

const mark = (secret: string, what: string) =>
  createHmac('sha256', secret).update(what).digest('base64url').slice(0, 32)

const isSame = (given: string, expected: string) =>
  given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected))
