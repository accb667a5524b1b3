type Forms = { one: string; other: string }

/** Whole numbers; by the book Portuguese says "0 lead", which nobody does.
 *
 * `count: plural('en', { one: '{n} lead', other: '{n} leads' })`, then `count(1200)`: "1,200 leads".
 */
export const plural = (locale: string, forms: Forms) => (n: number) =>
  forms[n === 1 ? 'one' : 'other'].replace('{n}', numbersOf(locale).format(n))

const made = new Map<string, Intl.NumberFormat>()

function numbersOf(locale: string) {
  const found = made.get(locale) ?? new Intl.NumberFormat(locale)
  made.set(locale, found)
  return found
}
