import { ActionIcon, Button, Group, SegmentedControl, Title } from '@mantine/core'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useShortcut } from '../../shell/shortcuts.ts'
import { useWords } from '../../words/words.ts'
import { capital } from '../use-day-name.ts'
import { type Period, type Span, spans } from './period.ts'

export function PeriodBar({ period }: { period: Period }) {
  const { tasks } = useWords()
  const { span, show, turn } = period
  useShortcut('t', tasks.keyToday, () => turn(0))
  useShortcut('j', tasks.next[span], () => turn(1))
  useShortcut('k', tasks.previous[span], () => turn(-1))
  return (
    <Group gap="xs" mb="xs">
      <Title order={2} flex={1} miw="12rem" aria-live="polite">
        <PeriodName {...period} />
      </Title>
      <SegmentedControl
        aria-label={tasks.chooseSpan}
        data={spans.map((value) => ({ value, label: tasks.spans[value] }))}
        value={span}
        onChange={(chosen) => show(chosen as Span)}
      />
      {spans.map((each) => (
        <SpanKey key={each} span={each} show={show} />
      ))}
      <Group gap="xs" wrap="nowrap">
        <ActionIcon variant="default" size={36} aria-label={tasks.previous[span]} onClick={() => turn(-1)}>
          <ChevronLeft size={18} aria-hidden />
        </ActionIcon>
        <Button variant="default" onClick={() => turn(0)}>
          {tasks.today}
        </Button>
        <ActionIcon variant="default" size={36} aria-label={tasks.next[span]} onClick={() => turn(1)}>
          <ChevronRight size={18} aria-hidden />
        </ActionIcon>
      </Group>
    </Group>
  )
}

const keys: Record<Span, string> = { month: 'm', week: 'w', day: 'd' }

function SpanKey({ span, show }: { span: Span; show: (span: Span) => void }) {
  const { tasks } = useWords()
  useShortcut(keys[span], tasks.keySpan[span], () => show(span))
  return null
}

/** "Junho de 2026", "29 de junho – 5 de julho de 2026", "Terça-feira, 30 de junho de 2026" */
function PeriodName({ span, first, days }: Period) {
  const { locale } = useWords()
  const [from, to] = [first, days.at(-1)!].map((day) => new Date(`${day}T00:00Z`)) as [Date, Date]
  const named = (parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...parts, timeZone: 'UTC' })
  if (span === 'month') return capital(named({ month: 'long', year: 'numeric' }).format(from))
  if (span === 'week') return named({ day: 'numeric', month: 'long', year: 'numeric' }).formatRange(from, to)
  return capital(named({ dateStyle: 'full' }).format(from))
}
