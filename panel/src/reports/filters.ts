import { useSearchParams } from 'wouter'
import { useFormat } from '../parts/format.ts'
import { daysAfter } from '../tasks/days.ts'

export const presets = ['7', '30', '90', '365'] as const
export type Preset = (typeof presets)[number] | 'custom'
type Name = 'days' | 'from' | 'to' | 'pipeline' | 'owner'

/** What a report is about stands in the address, so that a link shows the same. */
export function useReportFilters() {
  const [search, setSearch] = useSearchParams()
  const today = useFormat().today()
  const change = (changes: Partial<Record<Name, string | null>>) =>
    setSearch((before) => changed(before, changes), { replace: true })
  const isCustom = isDay(search.get('from')) && isDay(search.get('to'))
  const days = presets.find((each) => each === search.get('days')) ?? '30'
  const from = isCustom ? search.get('from')! : daysAfter(today, 1 - Number(days))
  const to = isCustom ? search.get('to')! : today
  const preset: Preset = isCustom ? 'custom' : days
  const whose = {
    pipeline_id: Number(search.get('pipeline')) || undefined,
    assigned_to: Number(search.get('owner')) || undefined,
  }
  return { preset, days: { from, to }, whose, change }
}

const isDay = (text: string | null) => /^\d{4}-\d\d-\d\d$/.test(text ?? '')

function changed(before: URLSearchParams, changes: Partial<Record<Name, string | null>>) {
  const after = new URLSearchParams(before)
  for (const [name, value] of Object.entries(changes)) {
    if (value) after.set(name, value)
    else after.delete(name)
  }
  return after
}

type Days = { from: string; to: string }
const lengthOf = ({ from, to }: Days) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1

/** As many days, just before. */
export const daysBefore = (days: Days): Days => ({
  from: daysAfter(days.from, -lengthOf(days)),
  to: daysAfter(days.from, -1),
})

/** What a chart over these days can show side by side. */
export function unitFor(days: Days) {
  const length = lengthOf(days)
  return length <= 31 ? ('day' as const) : length <= 120 ? ('week' as const) : ('month' as const)
}
