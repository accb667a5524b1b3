import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react'
import { firstLocale, keepLocale, type Locale, loadWords, type Words, WordsContext } from './words.ts'

const ChooseContext = createContext<(locale: Locale) => void>(() => {})

/** `const speak = useSpeak()`, `speak('es')`: the panel in another language, at once and from now on. */
export const useSpeak = () => useContext(ChooseContext)

export function InWords({ children }: { children: ReactNode }) {
  const [locale, setLocale] = useState(firstLocale)
  const [words, setWords] = useState<Words | null>(null)

  useEffect(() => {
    let isWanted = true
    loadWords(locale).then((loaded) => {
      if (!isWanted) return
      document.documentElement.lang = locale
      setWords(loaded)
    })
    return () => {
      isWanted = false
    }
  }, [locale])

  const choose = useCallback((chosen: Locale) => {
    keepLocale(chosen)
    setLocale(chosen)
  }, [])

  if (!words) return null
  return (
    <ChooseContext value={choose}>
      <WordsContext value={words}>{children}</WordsContext>
    </ChooseContext>
  )
}
