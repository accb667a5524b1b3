import { ActionIcon, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Bookmark, Plus, Trash2, Users } from 'lucide-react'
import type { AnswerOf } from '../../api/call.ts'
import { useChange } from '../../api/change.tsx'
import { look } from '../../api/look.ts'
import { useCan, useSession } from '../../api/session.ts'
import { late } from '../../parts/late.tsx'
import { useWords } from '../../words/words.ts'
import { type Filters, useFilters } from './filters.ts'

const SaveView = late(() => import('./save-view.tsx'), null)

type View = AnswerOf<'GET /views'>['data'][number]

/** Filters by a name of one's own, or of the team's; they serve the board and the list alike. */
export function SavedViews() {
  const { leads } = useWords()
  const { user } = useSession()
  const isAdmin = useCan('admin')
  const { filters, replace, isFiltered } = useFilters()
  const [isSaving, { open, close }] = useDisclosure(false)
  const asked = useQuery(look('GET /views', { query: { of: 'leads' } }))
  const views = asked.data?.data ?? []
  const restore = useChange('POST /views')
  const remove = useChange<'DELETE /views/{id}', { view: View }>('DELETE /views/{id}', {
    said: (_, { view: { name, of, is_shared, filters } }) => ({
      text: leads.viewDeleted(name),
      undo: () => restore.mutate({ body: { name, of, is_shared, filters } }),
    }),
  })
  const own = views.filter((view) => isAdmin || view.user_id === user.id)
  return (
    <>
      <Menu position="bottom-end" width={260} shadow="md">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={leads.views} title={leads.views}>
            <Bookmark size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{views.length > 0 ? leads.views : leads.viewsNone}</Menu.Label>
          {views.map((view) => (
            <Menu.Item
              key={view.id}
              rightSection={view.is_shared && <Users size={14} aria-hidden />}
              onClick={() => replace(view.filters as Filters)}
            >
              {view.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<Plus size={16} aria-hidden />} disabled={!isFiltered} onClick={open}>
            {leads.viewSave}
          </Menu.Item>
          {own.map((view) => (
            <Menu.Item
              key={view.id}
              leftSection={<Trash2 size={16} aria-hidden />}
              onClick={() => remove.mutate({ params: { id: view.id }, view })}
            >
              {leads.viewDelete(view.name)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {isSaving && <SaveView filters={filters} close={close} />}
    </>
  )
}
