import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { look } from '../api/look.ts'
import { useCan, useSession } from '../api/session.ts'
import { useWords } from '../words/words.ts'
import { useWho } from './views.ts'

export function WhoFilter() {
  const { tasks, leads } = useWords()
  const { user } = useSession()
  const { who, choose } = useWho()
  const users = useQuery({ ...look('GET /users'), enabled: useCan('users:read') })
  const others = (users.data?.data ?? []).filter(({ id }) => id !== user.id)
  return (
    <Select
      aria-label={tasks.who}
      data={[
        { value: String(user.id), label: leads.me(user.name) },
        { value: 'all', label: tasks.team },
        ...others.map(({ id, name }) => ({ value: String(id), label: name })),
      ]}
      value={who}
      onChange={(chosen) => choose(chosen ?? String(user.id))}
      allowDeselect={false}
      searchable
      w={190}
    />
  )
}
