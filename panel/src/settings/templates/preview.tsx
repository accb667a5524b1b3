import { Modal, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { WhatsAppTemplate } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'

type Component = {
  type?: string
  format?: string
  text?: string
  buttons?: { text?: string; url?: string }[]
}

/** The template as the customer reads it, filled in while one types. */
export function Preview({ template, close }: { template: WhatsAppTemplate; close: () => void }) {
  const words = useWords().settings.whatsapp.templates
  const [values, fill] = useState<Record<string, string>>({})
  const parts = template.components as Component[]
  const part = (type: string) => parts.find((each) => each.type?.toUpperCase() === type)
  const header = part('HEADER')
  const filled = (text: string, place: string) =>
    text.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (written, name: string) => {
      const known = place === 'header' ? (values[`header_${name}`] ?? values[name]) : values[name]
      return known || written
    })
  return (
    <Modal opened onClose={close} title={template.name} size="lg">
      <Stack>
        {template.variables
          .filter(({ kind, place }) => kind === 'text' && place !== 'button')
          .map(({ name }, index) => (
            <TextInput
              key={name}
              label={words.variable(name)}
              data-autofocus={index === 0 || undefined}
              value={values[name] ?? ''}
              onChange={({ currentTarget: { value } }) => fill((before) => ({ ...before, [name]: value }))}
            />
          ))}
        <div className="settings-bubble" lang={template.language.replace('_', '-')}>
          {header?.format === 'TEXT' && header.text && <Text fw={600}>{filled(header.text, 'header')}</Text>}
          {header?.format && header.format !== 'TEXT' && (
            <Text size="sm" c="dimmed">
              [
              {words.attachment[header.format.toLowerCase() as keyof typeof words.attachment] ??
                header.format}
              ]
            </Text>
          )}
          <Text size="sm">{filled(part('BODY')?.text ?? '', 'body')}</Text>
          {part('FOOTER')?.text && (
            <Text size="xs" c="dimmed" mt={4}>
              {part('FOOTER')!.text}
            </Text>
          )}
          {part('BUTTONS')?.buttons?.map(({ text }) => (
            <Text
              key={text}
              size="sm"
              ta="center"
              fw={500}
              mt={6}
              c="var(--mantine-primary-color-light-color)"
            >
              {text}
            </Text>
          ))}
        </div>
      </Stack>
    </Modal>
  )
}
