import { ActionIcon, Menu } from '@mantine/core'
import { ArrowDownWideNarrow } from 'lucide-react'
import { useWords } from '../words/words.ts'

export type Order = '-stage_changed_at' | 'stage_changed_at' | '-value' | '-created_at'

export function OrderMenu({ chosen, choose }: { chosen: Order; choose: (order: Order) => void }) {
  const { pipelines } = useWords()
  return (
    <Menu position="bottom-end" width={220} shadow="md">
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={pipelines.order} title={pipelines.order}>
          <ArrowDownWideNarrow size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={chosen} onChange={(order) => choose(order as Order)}>
          {(Object.keys(pipelines.orders) as Order[]).map((order) => (
            <Menu.RadioItem key={order} value={order} closeMenuOnClick>
              {pipelines.orders[order]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
