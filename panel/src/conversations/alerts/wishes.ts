import { useLocalStorage } from '@mantine/hooks'

/** How somebody wants to be told of messages, in this browser: not at all, until they say so. */
export const useAlertWishes = () =>
  useLocalStorage({ key: 'funil.alerts', defaultValue: { browser: false, sound: false } })
