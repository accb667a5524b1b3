import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Task, TaskDay } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { inOrder } from '../days.ts'
import { useDayName } from '../use-day-name.ts'
import { AddButton } from './add-button.tsx'
import type { Doing } from './calendar.tsx'
import { useDrop } from './dragging.ts'
import { firstRow, type Half, halfOf } from './halves.ts'
import { MoreLink } from './more-link.tsx'
import { TaskChip } from './task-chip.tsx'

type Wanted = TaskDay & {
  halves: Half[]
  /** The time, on this day of all. */
  now: string | null
  /** The day for itself, where it stands among others. */
  address?: string
  doing?: Doing
}

export function HoursDay({ day, total, tasks: found, halves, now, address, doing }: Wanted) {
  const name = useDayName()(day)
  const timed = Map.groupBy(inOrder(found), ({ due_time }) => (due_time ? halfOf(due_time) : null))
  const untimed = timed.get(null) ?? []
  const most = address ? mostUntimed : untimed.length
  const hidden = total - found.length + Math.max(untimed.length - most, 0)
  const nowAt = now ? halves.findIndex(({ half }) => half === halfOf(now)) : -1
  return (
    <section className="hours-day" aria-label={name} data-today={now !== null || undefined}>
      <div className="hours-head">
        <DayHead day={day} total={total} name={name} address={address} />
        {doing && <AddButton dayName={name} add={() => doing.add(day)} />}
      </div>
      <Spot day={day} tasks={untimed.slice(0, most)} doing={doing}>
        {address && <MoreLink count={hidden} dayName={name} address={address} />}
      </Spot>
      {halves.map(({ half, time }, index) => (
        <Spot key={half} row={firstRow + index} day={day} time={time} tasks={timed.get(half)} doing={doing} />
      ))}
      {nowAt >= 0 && <NowLine now={now!} row={firstRow + nowAt} />}
    </section>
  )
}

// More than these would push the hours of a week out of sight.
const mostUntimed = 5

type Head = { day: string; total: number; name: string; address?: string }

function DayHead({ day, total, name, address }: Head) {
  const { tasks, locale } = useWords()
  if (!address) return <span className="hours-name">{tasks.count(total)}</span>
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  return (
    <Anchor component={Link} href={address} className="hours-name">
      <span className="hours-short" aria-hidden>
        {weekday.format(new Date(`${day}T00:00Z`))} <b>{Number(day.slice(8))}</b>
      </span>
      <span className="hours-long">{name}</span>
    </Anchor>
  )
}

type Place = {
  day: string
  time?: string
  row?: number
  tasks?: Task[]
  doing?: Doing
  children?: ReactNode
}

/** A half hour, or all that has no time; a click where it is empty makes a task. */
function Spot({ day, time, row, tasks = [], doing, children }: Place) {
  const drop = useDrop((task) => {
    // Let go in its own half hour, 09:10 stays 09:10.
    if (!tasks.some(({ id }) => id === task.id)) doing?.move(task, { due_date: day, due_time: time ?? null })
  })
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button above and the task's own form do the same by key
    <div
      role="presentation"
      className="hours-spot"
      style={{ gridRow: row }}
      data-time={time}
      data-free={doing ? '' : undefined}
      onClick={(event) => event.target === event.currentTarget && doing?.add(day, time)}
      {...drop}
    >
      {tasks.map((task) => (
        <TaskChip key={task.id} task={task} doing={doing} hasLead />
      ))}
      {children}
    </div>
  )
}

function NowLine({ now, row }: { now: string; row: number }) {
  const share = (Number(now.slice(3)) % 30) / 30
  return (
    <div className="hours-now" style={{ gridRow: row }} aria-hidden>
      <span style={{ top: `${share * 100}%` }} />
    </div>
  )
}
