import { useSession } from '../api/session.ts'
import { useWords } from '../words/words.ts'

/** Numbers, money and dates as this person reads them, in the account's time zone. */
export function useFormat() {
  const { locale } = useWords()
  const timeZone = useSession().account.time_zone
  return formatsFor(locale, timeZone)
}

const made = new Map<string, ReturnType<typeof formats>>()

/** Made once: each of its parts costs as much as a card of the board. */
function formatsFor(locale: string, timeZone: string) {
  const name = `${locale} ${timeZone}`
  const found = made.get(name) ?? formats(locale, timeZone)
  made.set(name, found)
  return found
}

function formats(locale: string, timeZone: string) {
  // R$ in every language, as people write it.
  const inReais = { style: 'currency', currency: 'BRL', currencyDisplay: 'narrowSymbol' } as const
  const money = new Intl.NumberFormat(locale, inReais)
  const round = new Intl.NumberFormat(locale, { ...inReais, maximumFractionDigits: 0 })
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone })
  const plainDay = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone })
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const distance = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const figures = new Intl.DateTimeFormat(locale, {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    timeZone,
  })
  const shortDay = new Intl.DateTimeFormat(locale, { day: '2-digit', month: '2-digit', timeZone: 'UTC' })
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone })
  const isoDay = new Intl.DateTimeFormat('en-CA', { timeZone })
  return {
    /** R$ 1.234,50 */
    money: (value: number) => money.format(value),
    /** R$ 1.235, for sums and cards */
    roundMoney: (value: number) => round.format(value),
    number: (value: number) => number.format(value),
    percent: (share: number) => percent.format(share),
    /** A day of the calendar, `2026-06-30`, which no time zone moves; or the day of an instant. */
    day: (iso: string) =>
      iso.length === 10 ? plainDay.format(new Date(`${iso}T00:00Z`)) : day.format(new Date(iso)),
    /** 30/06/2026, for columns of a table */
    dayInFigures: (instant: string) => figures.format(new Date(instant)),
    /** 30/06, for cards */
    shortDay: (isoDate: string) => shortDay.format(new Date(`${isoDate}T00:00Z`)),
    /** (11) 99988-7766 for a Brazilian number; others as they are */
    phone: (number: string) => number.replace(/^\+55(\d\d)(\d{4,5})(\d{4})$/, '($1) $2-$3'),
    time: (instant: string) => time.format(new Date(instant)),
    moment: (instant: string) => moment.format(new Date(instant)),
    /** "há 3 horas", "amanhã" */
    ago(instant: string, now = Date.now()) {
      const seconds = (Date.parse(instant) - now) / 1000
      if (Math.abs(seconds) < 60) return distance.format(0, 'second')
      const [unit, length] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1]
      return distance.format(Math.trunc(seconds / length), unit)
    },
    /** The time in the account's time zone, `14:35`. */
    clock: () => clock.format(new Date()),
    /** Today in the account's time zone, `2026-06-30`. */
    today: () => isoDay.format(new Date()),
  }
}

const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const
