type Forms = { one: string; other: string }

/** `count: plural('en', { one: '{n} lead', other: '{n} leads' })`, then `count(1200)`: "1,200 leads". */
export function plural(locale: string, forms: Forms) {
  const rules = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  return (n: number) => forms[rules.select(n) === 'one' ? 'one' : 'other'].replace('{n}', numbers.format(n))
}
