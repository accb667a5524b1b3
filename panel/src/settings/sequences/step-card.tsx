import { ActionIcon, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { ChevronDown, ChevronRight, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWords } from '../../words/words.ts'
import { lengthOf } from './draft.ts'
import { DurationInput } from './duration-input.tsx'
import type { SequenceForm } from './editor.tsx'
import { StepFields } from './step-fields.tsx'
import { stepIcons } from './step-icons.ts'
import { useStepWords } from './step-words.ts'

type Wanted = { form: SequenceForm; index: number; grip: ReactNode; isOpen: boolean; toggle: () => void }

/** A step as one reads it, "2 days later: message …"; opened, as one writes it. */
export function StepCard({ form, index, grip, isOpen, toggle }: Wanted) {
  const { settings } = useWords()
  const words = settings.sequences
  const inWords = useStepWords()
  const step = form.values.steps[index]
  if (!step) return null
  const name = `${index + 1}. ${words.types[step.type]}`
  const Icon = stepIcons[step.type]
  const Arrow = isOpen ? ChevronDown : ChevronRight
  return (
    <div className="settings-step">
      <Group gap="xs" wrap="nowrap" align="flex-start">
        {grip}
        <UnstyledButton onClick={toggle} aria-expanded={isOpen} style={{ flex: 1, minWidth: 0 }}>
          <Group gap="xs" style={{ rowGap: 0 }}>
            <Icon size={18} strokeWidth={1.75} aria-hidden style={{ flex: 'none' }} />
            <Text fw={500}>{name}</Text>
            <Text size="sm" c="dimmed">
              {lengthOf(step.delay) > 0 ? words.after(inWords.length(step.delay)) : words.atOnce(index === 0)}
            </Text>
          </Group>
          <Text size="sm" c="dimmed" lineClamp={isOpen ? undefined : 2} mt={2}>
            {isOpen ? '' : inWords.summary(step, form.values.steps)}
          </Text>
        </UnstyledButton>
        <Arrow size={16} aria-hidden style={{ marginTop: 4, flex: 'none' }} />
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`${settings.remove} ${name}`}
          onClick={() => form.removeListItem('steps', index)}
        >
          <Trash2 size={16} aria-hidden />
        </ActionIcon>
      </Group>
      {isOpen && (
        <Stack gap="sm" mt="sm" pl={{ base: 0, sm: 36 }}>
          <DurationInput
            label={index === 0 ? words.firstDelay : words.delay}
            value={step.delay}
            change={(delay) => form.setFieldValue(`steps.${index}.delay`, delay)}
            mayBeNone
          />
          <StepFields form={form} index={index} />
        </Stack>
      )}
    </div>
  )
}
