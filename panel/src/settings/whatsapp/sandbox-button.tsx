import { Button } from '@mantine/core'
import { FlaskConical } from 'lucide-react'
import { useLocation } from 'wouter'
import { useChange } from '../../api/change.tsx'
import { useWords } from '../../words/words.ts'

/** A simulated phone, at once. */
export function SandboxButton() {
  const { whatsapp } = useWords().settings
  const [, go] = useLocation()
  const add = useChange('POST /whatsapp/instances', {
    touches: ['account'],
    done: ({ instance }) => go(`/settings/whatsapp/${instance.id}`),
    said: () => ({ text: whatsapp.sandboxReady }),
  })
  return (
    <Button
      variant="default"
      leftSection={<FlaskConical size={16} aria-hidden />}
      loading={add.isPending}
      onClick={() => add.mutate({ body: { provider: 'sandbox' } })}
    >
      {whatsapp.trySandbox}
    </Button>
  )
}
