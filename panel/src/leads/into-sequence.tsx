import { Button, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Repeat } from 'lucide-react'
import { Link } from 'wouter'
import { look } from '../api/look.ts'
import { useCan } from '../api/session.ts'
import { useWords } from '../words/words.ts'
import { type Filters, searchOf } from './filters/filters.ts'

/** Leads to where all that are shown here are put into a sequence. */
export function IntoSequence({ filters }: { filters: Filters }) {
  const { leads } = useWords()
  const mayWrite = useCan('sequences:write')
  const asked = useQuery({ ...look('GET /sequences', { query: { per_page: 200 } }), enabled: mayWrite })
  const sequences = asked.data?.data ?? []
  if (!mayWrite || sequences.length === 0) return null
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" leftSection={<Repeat size={14} aria-hidden />}>
          {leads.intoSequence}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {sequences.map(({ id, name }) => (
          <Menu.Item
            key={id}
            component={Link}
            href={`/settings/sequences/${id}?${searchOf(filters, { view: 'add' })}`}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
