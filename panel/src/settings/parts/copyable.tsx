import { ActionIcon, CopyButton, TextInput, Tooltip } from '@mantine/core'
import { Check, Copy } from 'lucide-react'
import { useWords } from '../../words/words.ts'

type Wanted = { label: string; value: string; description?: string }

/** A value to take elsewhere: all of it is chosen at a click, and copied at another. */
export function Copyable({ label, value, description }: Wanted) {
  const { settings } = useWords()
  return (
    <TextInput
      label={label}
      description={description}
      value={value}
      readOnly
      spellCheck={false}
      onFocus={(event) => event.currentTarget.select()}
      classNames={{ input: 'settings-mono' }}
      rightSection={
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? settings.copied : settings.copy(label)} withArrow position="left">
              <ActionIcon
                variant="subtle"
                color={copied ? 'teal' : 'gray'}
                aria-label={copied ? settings.copied : settings.copy(label)}
                onClick={copy}
              >
                {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      }
    />
  )
}
