import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Plus } from 'lucide-react'
import { late } from '../parts/late.tsx'
import type { Pipeline } from '../pipelines/moving/moving.tsx'
import { useShortcut } from '../shell/shortcuts.ts'
import { useWords } from '../words/words.ts'

// Its inputs are not needed to see the board.
const NewLeadDialog = late(() => import('./new-lead-dialog.tsx'), null)

export function NewLeadButton({ pipeline }: { pipeline?: Pipeline }) {
  const { leads } = useWords()
  const [isOpen, { open, close }] = useDisclosure(false)
  useShortcut('n', leads.newLead, open)
  return (
    <>
      <Button leftSection={<Plus size={16} aria-hidden />} onClick={open}>
        {leads.newLead}
      </Button>
      {isOpen && <NewLeadDialog pipeline={pipeline} close={close} />}
    </>
  )
}
