import { fold } from '#leads/list/search.ts'
import type { Scope } from '#platform/scope.ts'
import { type Known, optIn, optOut } from '#whatsapp/inbox/opt-outs.ts'
import { textOf } from '#whatsapp/inbox/texts.ts'
import type { Content } from '#whatsapp/provider.ts'
import { whatsappSettings } from '#whatsapp/settings.ts'

/** A message that is nothing but one of the account's words: leave me alone, or write to me again. */
export async function heedWords(scope: Scope, known: Known, content: Exclude<Content, { kind: 'reaction' }>) {
  if (content.kind !== 'text' && content.kind !== 'button_reply' && content.kind !== 'list_reply') return
  const said = fold(textOf(content) ?? '')
  if (said === '' || said.length > longestWord) return
  const { opt_out_words, opt_in_words } = await whatsappSettings(scope)
  const isOneOf = (words: string[]) => words.some((word) => fold(word) === said)
  if (isOneOf(opt_out_words)) await optOut(scope, known, { reach: 'all', source: 'word' })
  else if (isOneOf(opt_in_words)) await optIn(scope, known, { reach: 'all', source: 'word' })
}

const longestWord = 100
