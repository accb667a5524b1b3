import { createContext, useContext } from 'react'
import type { ptBR } from './pt-BR.ts'

export const locales = ['pt-BR', 'en', 'es'] as const
export type Locale = (typeof locales)[number]
export type Dictionary = typeof ptBR
export type Words = Dictionary & { locale: Locale }

const dictionaries: Record<Locale, () => Promise<Dictionary>> = {
  'pt-BR': async () => (await import('./pt-BR.ts')).ptBR,
  en: async () => (await import('./en.ts')).en,
  es: async () => (await import('./es.ts')).es,
}

export const loadWords = async (locale: Locale): Promise<Words> => ({
  ...(await dictionaries[locale]()),
  locale,
})

export const WordsContext = createContext<Words | null>(null)

/** Every text of the panel: `const { leads } = useWords()`, `leads.title`, `leads.count(3)`. */
export function useWords() {
  const words = useContext(WordsContext)
  if (!words) throw new Error('No words here: a screen stands inside of <InWords>')
  return words
}

const kept = 'funil.locale'
export const keepLocale = (locale: Locale) => localStorage.setItem(kept, locale)
export const forgetLocale = () => localStorage.removeItem(kept)

/** The language that somebody chose, or else the browser's, or else Portuguese. */
export function firstLocale(): Locale {
  const wanted = [localStorage.getItem(kept), ...navigator.languages].filter((each) => each !== null)
  for (const tag of wanted) {
    const known = locales.find((locale) => locale.split('-')[0] === tag.split('-')[0]!.toLowerCase())
    if (known) return known
  }
  return 'pt-BR'
}
