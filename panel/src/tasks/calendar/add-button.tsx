import { ActionIcon } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useWords } from '../../words/words.ts'

export function AddButton({ dayName, add }: { dayName: string; add: () => void }) {
  const { tasks } = useWords()
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      className="calendar-add"
      aria-label={tasks.addOn(dayName)}
      onClick={add}
    >
      <Plus size={14} aria-hidden />
    </ActionIcon>
  )
}
