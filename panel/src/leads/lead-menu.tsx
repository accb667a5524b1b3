import { ActionIcon, Button, Group, Menu, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Archive, ArchiveRestore, ArrowRightLeft, Ellipsis, Trash2 } from 'lucide-react'
import { useLocation } from 'wouter'
import { useChange } from '../api/change.tsx'
import { useCan } from '../api/session.ts'
import { useMoves } from '../pipelines/moving/moving.tsx'
import { useWords } from '../words/words.ts'
import { forgetLead, type ShownLead } from './lead-cache.ts'

export function LeadMenu({ lead }: { lead: ShownLead }) {
  const { leads, pipelines } = useWords()
  const { choose } = useMoves()
  const [isDeleting, { open, close }] = useDisclosure(false)
  const restore = useChange('PUT /leads/{id}/unarchive', {
    touches: ['pipelines'],
    said: () => ({ text: leads.unarchived(lead.name) }),
  })
  const archive = useChange('PUT /leads/{id}/archive', {
    touches: ['pipelines'],
    said: () => ({
      text: leads.wasArchived(lead.name),
      undo: () => restore.mutate({ params: { id: lead.id } }),
    }),
  })
  const params = { id: lead.id }
  const isArchived = lead.status === 'archived'
  if (!useCan('leads:write')) return null
  return (
    <>
      <Menu position="bottom-end" width={220} shadow="md">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={leads.more}>
            <Ellipsis size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {!isArchived && (
            <Menu.Item leftSection={<ArrowRightLeft size={16} aria-hidden />} onClick={() => choose(lead)}>
              {pipelines.moveElsewhere}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={
              isArchived ? <ArchiveRestore size={16} aria-hidden /> : <Archive size={16} aria-hidden />
            }
            onClick={() => (isArchived ? restore : archive).mutate({ params })}
          >
            {isArchived ? leads.unarchive : leads.archive}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<Trash2 size={16} aria-hidden />} onClick={open}>
            {leads.delete}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isDeleting && <DeleteDialog lead={lead} close={close} />}
    </>
  )
}

/** Of this there is no way back; one leaves first, for the lead's screen has nothing to show afterwards. */
function DeleteDialog({ lead, close }: { lead: ShownLead; close: () => void }) {
  const { leads, common } = useWords()
  const [, go] = useLocation()
  const remove = useChange('DELETE /leads/{id}', {
    touches: ['pipelines', 'tasks'],
    said: () => ({ text: leads.deleted(lead.name) }),
  })
  function leaveAndRemove() {
    go('/', { replace: true })
    forgetLead(lead.id)
    remove.mutate({ params: { id: lead.id } })
  }
  return (
    <Modal opened onClose={close} title={leads.deleteTitle(lead.name)}>
      <Stack>
        <Text size="sm">{leads.deleteHelp}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            {common.cancel}
          </Button>
          <Button color="red" onClick={leaveAndRemove}>
            {leads.delete}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
