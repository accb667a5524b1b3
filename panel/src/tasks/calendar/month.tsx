import { Asked } from '../../parts/asked.tsx'
import { useFormat } from '../../parts/format.ts'
import { useWords } from '../../words/words.ts'
import type { Doing } from './calendar.tsx'
import { MonthDay } from './month-day.tsx'
import type { Period } from './period.ts'
import { useDays } from './use-days.ts'

const perDay = 4

export function Month({ period, doing }: { period: Period; doing?: Doing }) {
  const today = useFormat().today()
  const { first, days, addressOf } = period
  const month = first.slice(0, 7)
  return (
    <Asked of={useDays(days, perDay)}>
      {({ data }) => (
        <div className="calendar-month">
          <Weekdays days={days.slice(0, 7)} />
          {days.map((day) => (
            <MonthDay
              key={day}
              day={day}
              isToday={day === today}
              isOutside={!day.startsWith(month)}
              found={data.find((each) => each.day === day)}
              address={addressOf('day', day)}
              doing={doing}
            />
          ))}
        </div>
      )}
    </Asked>
  )
}

function Weekdays({ days }: { days: string[] }) {
  const { locale } = useWords()
  const name = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' })
  return days.map((day) => (
    <span key={day} className="calendar-weekday" aria-hidden>
      {name.format(new Date(`${day}T00:00Z`))}
    </span>
  ))
}
