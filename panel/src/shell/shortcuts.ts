import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'

export type Shortcut = { keys: string; does: string; run: () => void }

export const commandKey = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'

let known: Shortcut[] = []
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

/** A key, `n`, or two after each other, `g f`; while it is mounted it works and stands on the sheet. */
export function useShortcut(keys: string, does: string, run: () => void) {
  const latest = useEffectEvent(run)
  useEffect(() => {
    const shortcut = { keys, does, run: () => latest() }
    known = [...known, shortcut]
    tell()
    return () => {
      known = known.filter((each) => each !== shortcut)
      tell()
    }
  }, [keys, does])
}

export const useKnownShortcuts = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => known,
  )

const longestPauseMs = 1_000
let before = { key: '', at: 0 }

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTaken(event)) return
  const pair = event.timeStamp - before.at < longestPauseMs ? `${before.key} ${event.key}` : ''
  // The newest first: a dialog's keys go before those of the screen under it.
  const newest = (wanted: string) => known.findLast(({ keys }) => keys === wanted)
  // Two after each other are meant together, whatever the second means alone.
  const found = newest(pair) ?? newest(event.key)
  before = { key: event.key, at: event.timeStamp }
  if (!found) return
  event.preventDefault()
  found.run()
})

/** Who types, or has a dialog or a menu open, means no shortcut. */
const isTaken = ({ target }: KeyboardEvent) =>
  // A dialog takes the focus a moment after it opens; what is typed until then is meant for it.
  document.querySelector('[role="dialog"]') !== null ||
  (target as HTMLElement).closest?.(
    'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]',
  ) !== null

const sheet = new EventTarget()
export const showShortcuts = () => sheet.dispatchEvent(new Event('show'))
export const onShowShortcuts = (show: () => void) => {
  sheet.addEventListener('show', show)
  return () => sheet.removeEventListener('show', show)
}
