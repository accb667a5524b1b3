import { Button, Group, Paper, Text } from '@mantine/core'
import { KeepsUnsaved } from '../../parts/leaving.tsx'
import { useWords } from '../../words/words.ts'

type Wanted = { isDirty: boolean; isSaving: boolean; discard: () => void }

/** Stands below a form from its first change on, until that is saved or taken back. */
export function SaveBar({ isDirty, isSaving, discard }: Wanted) {
  const { settings, common } = useWords()
  return (
    <>
      <KeepsUnsaved isDirty={isDirty} />
      {isDirty && (
        <Paper withBorder shadow="md" p="xs" pl="md" className="settings-save">
          <Group justify="space-between" gap="xs">
            <Text size="sm" role="status">
              {settings.unsaved}
            </Text>
            <Group gap="xs">
              <Button variant="default" onClick={discard}>
                {settings.discard}
              </Button>
              <Button type="submit" loading={isSaving}>
                {common.save}
              </Button>
            </Group>
          </Group>
        </Paper>
      )}
    </>
  )
}
