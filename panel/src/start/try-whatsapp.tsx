import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { FlaskConical } from 'lucide-react'
import { Link } from 'wouter'
import { look } from '../api/look.ts'
import { SandboxButton } from '../settings/whatsapp/sandbox-button.tsx'
import { useWords } from '../words/words.ts'

/** To the simulated phone, which an installation begins with; or one is made. */
export function TryWhatsApp() {
  const { whatsapp } = useWords().settings
  const numbers = useQuery(look('GET /whatsapp/instances')).data?.data
  if (!numbers) return null
  if (!numbers.some(({ provider }) => provider === 'sandbox')) return <SandboxButton />
  return (
    <Button
      variant="default"
      component={Link}
      href="/inbox?beside=phone"
      leftSection={<FlaskConical size={16} aria-hidden />}
    >
      {whatsapp.trySandbox}
    </Button>
  )
}
