import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Plus } from 'lucide-react'
import { Link, useSearchParams } from 'wouter'
import { useCan } from '../api/session.ts'
import { late } from '../parts/late.tsx'
import { Screen } from '../parts/screen.tsx'
import { useShortcut } from '../shell/shortcuts.ts'
import { useWords } from '../words/words.ts'
import './tasks.css'
import { TaskDialog } from './task-dialog.tsx'
import { TaskList } from './task-list.tsx'
import { lists, useView } from './views.ts'
import { WhoFilter } from './who-filter.tsx'

const Calendar = late(() => import('./calendar/calendar.tsx'))

export default function Tasks() {
  const { tasks } = useWords()
  const view = useView()
  const mayWrite = useCan('tasks:write')
  return (
    <Screen title={tasks.title} beside={mayWrite && <NewTaskButton />}>
      <div className="tasks-bar">
        <ViewLinks />
        <WhoFilter />
      </div>
      {view === 'calendar' ? <Calendar /> : <TaskList key={view} view={view} />}
    </Screen>
  )
}

function ViewLinks() {
  const { tasks } = useWords()
  const here = useView()
  const [search] = useSearchParams()
  const rest = search.has('who') ? `?who=${search.get('who')}` : ''
  return (
    <nav aria-label={tasks.chooseView} className="tasks-views">
      {[...lists, 'calendar' as const].map((view) => (
        <Button
          key={view}
          component={Link}
          href={`/tasks/${view}${rest}`}
          variant={view === here ? 'light' : 'subtle'}
          color={view === here ? undefined : 'gray'}
          aria-current={view === here ? 'page' : undefined}
          px="sm"
        >
          {tasks.views[view]}
        </Button>
      ))}
    </nav>
  )
}

function NewTaskButton() {
  const { tasks } = useWords()
  const [isOpen, { open, close }] = useDisclosure(false)
  useShortcut('n', tasks.new, open)
  return (
    <>
      <Button leftSection={<Plus size={16} aria-hidden />} onClick={open}>
        {tasks.new}
      </Button>
      {isOpen && <TaskDialog close={close} />}
    </>
  )
}
