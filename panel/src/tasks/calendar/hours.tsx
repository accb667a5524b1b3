import { ActionIcon } from '@mantine/core'
import { UnfoldVertical } from 'lucide-react'
import { useState } from 'react'
import type { TaskDay } from '../../api/types.ts'
import { useFormat } from '../../parts/format.ts'
import { useNow } from '../../parts/now.ts'
import { useWords } from '../../words/words.ts'
import type { Doing } from './calendar.tsx'
import { firstRow, type Half, halvesOf } from './halves.ts'
import { HoursDay } from './hours-day.tsx'
import type { Period } from './period.ts'
import './hours.css'

type Wanted = { days: TaskDay[]; addressOf: Period['addressOf']; doing?: Doing }

/** Days beside each other on one axis of half hours; a half hour grows with what is to be done in it. */
export function Hours({ days, addressOf, doing }: Wanted) {
  const { today, clock } = useFormat()
  const [isWhole, setWhole] = useState(false)
  useNow()
  const times = days.flatMap(({ tasks }) => tasks.map(({ due_time }) => due_time))
  const halves = halvesOf(times, isWhole)
  return (
    <div
      className="hours"
      data-days={days.length}
      style={{
        gridTemplateColumns: `auto repeat(${days.length}, minmax(0, 1fr))`,
        gridTemplateRows: `var(--hours-head) auto repeat(${halves.length}, minmax(var(--hours-half), auto))`,
      }}
    >
      <Axis halves={halves} isWhole={isWhole} toggle={() => setWhole(!isWhole)} />
      {days.map((day) => (
        <HoursDay
          key={day.day}
          {...day}
          halves={halves}
          now={day.day === today() ? clock() : null}
          address={days.length > 1 ? addressOf('day', day.day) : undefined}
          doing={doing}
        />
      ))}
    </div>
  )
}

function Axis({ halves, isWhole, toggle }: { halves: Half[]; isWhole: boolean; toggle: () => void }) {
  const { tasks } = useWords()
  return (
    <div className="hours-axis">
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={tasks.allHours}
        aria-pressed={isWhole}
        title={tasks.allHours}
        onClick={toggle}
      >
        <UnfoldVertical size={16} aria-hidden />
      </ActionIcon>
      <span>{tasks.noTime}</span>
      {halves.map(
        ({ time }, index) =>
          time.endsWith(':00') && (
            <span key={time} style={{ gridRow: firstRow + index }}>
              {time}
            </span>
          ),
      )}
    </div>
  )
}
