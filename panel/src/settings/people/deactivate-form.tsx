import { Select } from '@mantine/core'
import { useState } from 'react'
import { useChange } from '../../api/change.tsx'
import type { User } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { Confirm } from '../parts/confirm.tsx'

type Wanted = { user: User; everybody: User[]; close: () => void }

/** They lose access at once; what was theirs goes to somebody else, or to nobody. */
export function DeactivateForm({ user, everybody, close }: Wanted) {
  const words = useWords().settings.access
  const [heir, choose] = useState<string | null>(null)
  const deactivate = useChange('POST /users/{id}/deactivate', {
    touches: ['account', 'leads', 'tasks'],
    done: close,
    said: () => ({ text: words.deactivated(user.name) }),
  })
  const others = everybody.filter(({ id, is_active }) => is_active && id !== user.id)
  return (
    <Confirm
      title={words.deactivateTitle(user.name)}
      text={words.deactivateHelp}
      action={words.deactivate}
      isBusy={deactivate.isPending}
      close={close}
      confirm={() =>
        deactivate.mutate({ params: { id: user.id }, body: { hand_over_to: heir ? Number(heir) : null } })
      }
    >
      <Select
        label={words.handOver}
        placeholder={words.handOverNobody}
        data={others.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={heir}
        onChange={choose}
        clearable
        searchable
      />
    </Confirm>
  )
}
