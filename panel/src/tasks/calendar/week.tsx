import { Asked } from '../../parts/asked.tsx'
import type { Doing } from './calendar.tsx'
import { Hours } from './hours.tsx'
import type { Period } from './period.ts'
import { useDays } from './use-days.ts'

const perDay = 50

export function Week({ period, doing }: { period: Period; doing?: Doing }) {
  const { days, addressOf } = period
  return (
    <Asked of={useDays(days, perDay)}>
      {({ data }) => {
        const found = new Map(data.map((each) => [each.day, each]))
        const shown = days.map((day) => found.get(day) ?? { day, total: 0, tasks: [] })
        return <Hours days={shown} addressOf={addressOf} doing={doing} />
      }}
    </Asked>
  )
}
