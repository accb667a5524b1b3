import { Button, Menu, Text } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useWords } from '../../words/words.ts'
import { SortedList } from '../parts/sorted-list.tsx'
import { type Draft, emptyStep, type StepType, stepTypes } from './draft.ts'
import type { SequenceForm } from './editor.tsx'
import { StepCard } from './step-card.tsx'
import { stepIcons } from './step-icons.ts'

/** What is done, one after the other. */
export function Steps({ form }: { form: SequenceForm }) {
  const words = useWords().settings.sequences
  const [open, setOpen] = useState<string[]>([])
  const { errors } = form
  const { steps } = form.values
  useEffect(() => {
    // It stays open also once what was wrong in it is being corrected.
    const wrong = wrongSteps(errors, steps)
    if (wrong.length > 0) setOpen((before) => [...new Set([...before, ...wrong])])
  }, [errors, steps])
  const toggle = (id: string) =>
    setOpen((before) => (before.includes(id) ? before.filter((each) => each !== id) : [...before, id]))
  function add(type: StepType) {
    const step = emptyStep(type, steps)
    form.insertListItem('steps', step)
    setOpen([step.id])
  }
  return (
    <>
      {steps.length === 0 ? (
        <Text size="sm" c={form.errors.steps ? 'red' : 'dimmed'} mb="sm" role="status">
          {form.errors.steps ?? words.noSteps}
        </Text>
      ) : (
        <SortedList
          label={words.stepsTab}
          things={steps.map((step, index) => ({
            id: step.id,
            name: `${index + 1}. ${words.types[step.type]}`,
          }))}
          moved={({ id }, to) =>
            form.reorderListItem('steps', { from: steps.findIndex((step) => step.id === id), to })
          }
        >
          {({ id }, grip, index) => (
            <StepCard
              form={form}
              index={index}
              grip={grip}
              isOpen={open.includes(String(id))}
              toggle={() => toggle(String(id))}
            />
          )}
        </SortedList>
      )}
      <Menu position="bottom-start" shadow="md" width={300}>
        <Menu.Target>
          <Button variant="default" mt="sm" leftSection={<Plus size={16} aria-hidden />}>
            {words.addStep}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {stepTypes.map((type) => {
            const Icon = stepIcons[type]
            return (
              <Menu.Item key={type} leftSection={<Icon size={16} aria-hidden />} onClick={() => add(type)}>
                {words.types[type]}
              </Menu.Item>
            )
          })}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}

const wrongSteps = (errors: SequenceForm['errors'], steps: Draft[]) =>
  steps
    .filter((_, index) => Object.keys(errors).some((path) => path.startsWith(`steps.${index}.`)))
    .map(({ id }) => id)
