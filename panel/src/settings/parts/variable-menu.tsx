import { ActionIcon, Menu, Text } from '@mantine/core'
import { Braces } from 'lucide-react'
import { useWords } from '../../words/words.ts'

type Wanted = { variables: { name: string; label: string }[]; insert: (variable: string) => void }

/** What a text can say of the lead, put in from a menu. */
export function VariableMenu({ variables, insert }: Wanted) {
  const { process } = useWords().settings
  return (
    <Menu position="bottom-end" shadow="md" width={280}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={process.insertVariable}>
          <Braces size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        <Menu.Label>{process.insertVariable}</Menu.Label>
        {variables.map(({ name, label }) => (
          <Menu.Item key={name} onClick={() => insert(`{{${name}}}`)}>
            {label}{' '}
            <Text span size="xs" c="dimmed" className="settings-mono">
              {`{{${name}}}`}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
