import { Menu, UnstyledButton } from '@mantine/core'
import { ChevronDown } from 'lucide-react'
import { useLocation } from 'wouter'
import { useWords } from '../words/words.ts'
import type { Pipeline } from './moving/moving.tsx'

/** The name of the board, which is also the way to the others. */
export function PipelineMenu({ all, chosen }: { all: Pipeline[]; chosen: Pipeline }) {
  const { pipelines } = useWords()
  const [, go] = useLocation()
  if (all.length === 1) return chosen.name
  function choose(id: string) {
    localStorage.setItem('funil.pipeline', id)
    go(`/pipelines/${id}${location.search}`)
  }
  return (
    <Menu position="bottom-start" width={240} shadow="md">
      <Menu.Target>
        <UnstyledButton className="board-switch" title={pipelines.switch}>
          {chosen.name}
          <ChevronDown size={18} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={String(chosen.id)} onChange={choose}>
          {all.map(({ id, name }) => (
            <Menu.RadioItem key={id} value={String(id)} closeMenuOnClick>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
