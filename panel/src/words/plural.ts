type Forms = { one: string; other: string }

/** Whole numbers; by the book Portuguese says "0 lead", which nobody does.
 *
 * `count: plural('en', { one: '{n} lead', other: '{n} leads' })`, then `count(1200)`: "1,200 leads".
 */
export function plural(locale: string, forms: Forms) {
  const numbers = new Intl.NumberFormat(locale)
  return (n: number) => forms[n === 1 ? 'one' : 'other'].replace('{n}', numbers.format(n))
}
