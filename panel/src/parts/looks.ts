import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core'
import { useEffectEvent, useLayoutEffect, useState } from 'react'
import { useChange } from '../api/change.tsx'
import type { Session } from '../api/session.ts'
import { useSpeak } from '../words/in-words.tsx'
import { forgetLocale, type Locale, useWords } from '../words/words.ts'

export const themes = ['light', 'dark', 'auto'] as const

/** Language and appearance: chosen here they change at once, and are kept with the person. */
export function useLooks() {
  const { locale } = useWords()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const speak = useSpeak()
  const keep = useChange('PUT /session/preferences')
  return {
    locale,
    theme: colorScheme,
    speak(chosen: Locale) {
      speak(chosen)
      keep.mutate({ body: { locale: chosen } })
    },
    paint(chosen: MantineColorScheme) {
      setColorScheme(chosen)
      keep.mutate({ body: { theme: chosen } })
    },
  }
}

/** What somebody chose on another device holds on this one too; true once it does. */
export function useTheirLooks({ locale, theme }: Session['preferences']) {
  const { locale: spoken } = useWords()
  const { setColorScheme } = useMantineColorScheme()
  const speak = useSpeak()
  const [awaited, stopAwaiting] = useState(locale ?? null)
  const take = useEffectEvent(() => {
    if (locale) speak(locale)
    if (theme) setColorScheme(theme)
  })
  useLayoutEffect(() => take(), [])
  if (awaited === spoken) stopAwaiting(null)
  return awaited === null
}

/** Who leaves takes along what they chose: the next one here sees the browser's own. */
export function useForgetLooks({ locale, theme }: Session['preferences']) {
  const { clearColorScheme } = useMantineColorScheme()
  return () => {
    if (locale) forgetLocale()
    if (theme) clearColorScheme()
  }
}
