import { NavLink } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Rocket } from 'lucide-react'
import { Link } from 'wouter'
import { look } from '../api/look.ts'
import { useCan } from '../api/session.ts'
import { useWords } from '../words/words.ts'
import { countDone, steps } from './steps.ts'

/** In the navigation, until everything is done or nobody wants to see it. */
export function ProgressCard() {
  const { start } = useWords()
  const asked = useQuery({ ...look('GET /account/start'), enabled: useCan('users:write') })
  const done = asked.data?.start
  if (!done || done.is_dismissed || countDone(done) === steps.length) return null
  return (
    <NavLink
      component={Link}
      href="/start"
      label={start.title}
      description={start.progress(countDone(done), steps.length)}
      leftSection={<Rocket size={18} strokeWidth={1.75} aria-hidden />}
      style={{ borderRadius: 'var(--mantine-radius-md)' }}
    />
  )
}
