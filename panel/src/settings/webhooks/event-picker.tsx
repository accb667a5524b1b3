import { Checkbox, Input, SimpleGrid, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../../words/words.ts'
import { useEventWords } from './event-words.ts'
import type { EventName } from './webhook-form.tsx'

type Wanted = {
  all: string[]
  chosen: string[]
  change: (chosen: EventName[]) => void
  error?: ReactNode
}

/** What it will hear of, by what it is about. */
export function EventPicker({ all, chosen, change, error }: Wanted) {
  const words = useWords().settings.webhooks
  const inWords = useEventWords()
  const nouns = Map.groupBy(all, (type) => type.split('.')[0]!)
  const set = (types: string[], isOn: boolean) => {
    const others = chosen.filter((type) => !types.includes(type))
    change((isOn ? [...others, ...types] : others) as EventName[])
  }
  return (
    <Input.Wrapper label={words.which} labelElement="div" error={error}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" mt={6}>
        {[...nouns].map(([noun, types]) => {
          const count = types.filter((type) => chosen.includes(type)).length
          return (
            <Stack key={noun} gap={8}>
              <Checkbox
                label={words.nouns[noun as keyof typeof words.nouns] ?? noun}
                fw={600}
                checked={count === types.length}
                indeterminate={count > 0 && count < types.length}
                onChange={({ currentTarget }) => set(types, currentTarget.checked)}
              />
              {types.map((type) => (
                <Checkbox
                  key={type}
                  ml="md"
                  label={inWords(type)}
                  checked={chosen.includes(type)}
                  onChange={({ currentTarget }) => set([type], currentTarget.checked)}
                />
              ))}
            </Stack>
          )
        })}
      </SimpleGrid>
    </Input.Wrapper>
  )
}
