import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { FlaskConical } from 'lucide-react'
import { Link } from 'wouter'
import { look } from '../api/look.ts'
import { SandboxButton } from '../settings/whatsapp/sandbox-button.tsx'
import { useWords } from '../words/words.ts'

/** To the simulated phone, which an installation begins with, and to a number of one's own, also after trying. */
export function BeginWhatsApp({ isDone }: { isDone: boolean }) {
  const { start, settings } = useWords()
  const numbers = useQuery(look('GET /whatsapp/instances')).data?.data
  if (!numbers) return null
  const hasSandbox = numbers.some(({ provider }) => provider === 'sandbox')
  const hasOwn = numbers.some(({ provider }) => provider !== 'sandbox')
  const tryOut = hasSandbox ? (
    <Button
      variant="default"
      component={Link}
      href="/inbox?beside=phone"
      leftSection={<FlaskConical size={16} aria-hidden />}
    >
      {settings.whatsapp.trySandbox}
    </Button>
  ) : (
    <SandboxButton />
  )
  return (
    <>
      {!isDone && tryOut}
      {!(isDone && hasOwn) && (
        <Button variant={isDone ? 'light' : 'filled'} component={Link} href="/settings/whatsapp/new">
          {start.go.whatsapp}
        </Button>
      )}
    </>
  )
}
