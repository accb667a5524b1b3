import { useWords } from '../../words/words.ts'

/** What an event is called; one that has no words yet by its own name. */
export function useEventWords() {
  const { eventNames } = useWords().settings.webhooks
  return (type: string) => eventNames[type as keyof typeof eventNames] ?? type
}
