import { ActionIcon, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useChange } from '../../api/change.tsx'
import { client, look } from '../../api/look.ts'
import { useCan } from '../../api/session.ts'
import type { LostReason } from '../../api/types.ts'
import { Asked } from '../../parts/asked.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useWords } from '../../words/words.ts'
import { Confirm } from '../parts/confirm.tsx'
import { NameDialog } from '../parts/name-dialog.tsx'
import { Section } from '../parts/section.tsx'
import { SortedList } from '../parts/sorted-list.tsx'
import { SortedRow } from '../parts/sorted-row.tsx'

export default function Reasons() {
  const { settings } = useWords()
  const words = settings.process
  const mayChange = useCan('pipelines:write')
  const [isMaking, make] = useState(false)
  const listed = look('GET /pipelines')
  const asked = useQuery(listed)
  const create = useChange('POST /lost-reasons', {
    touches: ['pipelines'],
    done: () => make(false),
    failed: (error) => error.body.errors !== undefined,
  })
  const move = useChange<'PUT /lost-reasons/{id}', { order: LostReason[] }>('PUT /lost-reasons/{id}', {
    touches: ['pipelines'],
    ahead: ({ order }) =>
      client.setQueryData(listed.queryKey, (before) =>
        before ? { ...before, lost_reasons: order } : before,
      ),
  })
  return (
    <Section
      title={settings.sections.reasons}
      help={words.reasonsHelp}
      isLocked={!mayChange}
      beside={
        mayChange && (
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => make(true)}>
            {words.newReason}
          </Button>
        )
      }
    >
      <Asked of={asked}>
        {({ lost_reasons }) =>
          lost_reasons.length === 0 ? (
            <Notice title={words.noReasons} text={words.noReasonsHelp} />
          ) : (
            <SortedList
              label={settings.sections.reasons}
              things={lost_reasons}
              isFixed={!mayChange}
              moved={({ id }, place, order) =>
                move.mutate({ params: { id }, body: { position: place + 1 }, order })
              }
            >
              {(reason, grip) => (
                <SortedRow grip={grip} title={reason.name}>
                  {mayChange && <Actions reason={reason} />}
                </SortedRow>
              )}
            </SortedList>
          )
        }
      </Asked>
      {isMaking && (
        <NameDialog
          title={words.newReason}
          action={words.create}
          isBusy={create.isPending}
          close={() => make(false)}
          save={(name, failed) => create.mutate({ body: { name } }, { onError: failed })}
        />
      )}
    </Section>
  )
}

function Actions({ reason }: { reason: LostReason }) {
  const { settings } = useWords()
  const words = settings.process
  const [asking, ask] = useState<'rename' | 'remove' | null>(null)
  const close = () => ask(null)
  const params = { id: reason.id }
  const rename = useChange('PUT /lost-reasons/{id}', {
    touches: ['pipelines'],
    done: close,
    failed: (error) => error.body.errors !== undefined,
  })
  const remove = useChange('DELETE /lost-reasons/{id}', {
    touches: ['pipelines', 'leads'],
    done: close,
    said: () => ({ text: words.removed(reason.name) }),
  })
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={`${settings.rename} ${reason.name}`}
        onClick={() => ask('rename')}
      >
        <Pencil size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={`${settings.remove} ${reason.name}`}
        onClick={() => ask('remove')}
      >
        <Trash2 size={16} aria-hidden />
      </ActionIcon>
      {asking === 'rename' && (
        <NameDialog
          title={settings.rename}
          name={reason.name}
          isBusy={rename.isPending}
          close={close}
          save={(name, failed) => rename.mutate({ params, body: { name } }, { onError: failed })}
        />
      )}
      {asking === 'remove' && (
        <Confirm
          title={words.removeTitle(reason.name)}
          text={words.removeReason}
          action={settings.remove}
          isBusy={remove.isPending}
          confirm={() => remove.mutate({ params })}
          close={close}
        />
      )}
    </>
  )
}
