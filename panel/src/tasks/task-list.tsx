import { Button, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { lookOn } from '../api/look.ts'
import type { Task } from '../api/types.ts'
import { Asked } from '../parts/asked.tsx'
import { Notice } from '../parts/notice.tsx'
import { useWords } from '../words/words.ts'
import { byDay, inOrder } from './days.ts'
import { TaskDialog } from './task-dialog.tsx'
import { TaskRow } from './task-row.tsx'
import { useDayName } from './use-day-name.ts'
import { type ListName, useTaskQuery } from './views.ts'

/** Tasks under their days. */
export function TaskList({ view }: { view: ListName }) {
  const { tasks, common } = useWords()
  const [edited, edit] = useState<Task | null>(null)
  const asked = useInfiniteQuery(lookOn('GET /tasks', { query: useTaskQuery(view) }))
  return (
    <>
      <Asked of={asked}>
        {(all) => {
          const found = view === 'overdue' ? all.filter(({ is_overdue }) => is_overdue) : all
          if (found.length === 0 && !asked.hasNextPage)
            return <Notice title={tasks.nothing[view]} text={tasks.nothingHelp[view]} />
          return (
            <>
              <Days tasks={found} edit={edit} />
              {asked.hasNextPage && (
                <Button
                  variant="default"
                  loading={asked.isFetchingNextPage}
                  onClick={() => asked.fetchNextPage()}
                >
                  {common.loadMore}
                </Button>
              )}
            </>
          )
        }}
      </Asked>
      {edited && <TaskDialog task={edited} close={() => edit(null)} />}
    </>
  )
}

function Days({ tasks: found, edit }: { tasks: Task[]; edit: (task: Task) => void }) {
  const dayName = useDayName()
  const { tasks } = useWords()
  return [...byDay(found)].map(([day, itsTasks]) => (
    <section key={day} className="tasks-day" aria-label={dayName(day)}>
      <div className="tasks-day-head">
        <Title order={2} size="h3">
          {dayName(day)}
        </Title>
        <span>{tasks.count(itsTasks.length)}</span>
      </div>
      <ul className="tasks-rows">
        {inOrder(itsTasks).map((task) => (
          <TaskRow key={task.id} task={task} edit={() => edit(task)} />
        ))}
      </ul>
    </section>
  ))
}
