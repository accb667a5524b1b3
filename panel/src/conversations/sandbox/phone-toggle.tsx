import { ActionIcon, Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Smartphone } from 'lucide-react'
import { useWords } from '../../words/words.ts'

export function PhoneToggle({ isShown, toggle }: { isShown: boolean; toggle: () => void }) {
  const { conversations } = useWords()
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const label = isShown ? conversations.phoneHide : conversations.phone
  const mark = <Smartphone size={18} aria-hidden />
  if (isNarrow)
    return (
      <ActionIcon size={36} variant="default" aria-label={label} onClick={toggle}>
        {mark}
      </ActionIcon>
    )
  return (
    <Button
      variant={isShown ? 'light' : 'default'}
      leftSection={mark}
      aria-pressed={isShown}
      onClick={toggle}
    >
      {conversations.phone}
    </Button>
  )
}
