import { phoneSpellings } from '#leads/identity/phone.ts'

/** Letters and digits only, without case or accents: "João" and "joao", "(11) 99988" and "1199988" are one. */
export const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** What `q` looks in: name, e-mail, and the phone in its spellings. */
export const searchText = (lead: { name: string; email: string | null; phone: string | null }) =>
  [
    fold(lead.name),
    fold(lead.email ?? ''),
    ...phoneSpellings(lead.phone ?? ''),
    ...unreadable(lead.phone),
  ].join(' ')

/** Every term must be found; a question without one letter or digit finds nothing. */
export const searchTerms = (question: string) => [
  ...new Set(
    question
      .split(/\s+/)
      .map(fold)
      .filter((term) => term !== ''),
  ),
]

const unreadable = (phone: string | null) => (phone && !phone.startsWith('+') ? [fold(phone)] : [])
