import { Badge } from '@mantine/core'
import type { Webhook } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'

export function WebhookState({
  webhook: { is_active, failure_count },
}: {
  webhook: Pick<Webhook, 'is_active' | 'failure_count'>
}) {
  const words = useWords().settings.webhooks
  const [color, text] = !is_active
    ? ['gray', words.off]
    : failure_count > 0
      ? ['red', words.failing(failure_count)]
      : ['teal', words.on]
  return (
    <Badge variant="dot" color={color} tt="none" fw={500} size="md">
      {text}
    </Badge>
  )
}
