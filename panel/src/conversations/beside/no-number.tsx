import { Button, Group } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { useChange } from '../../api/change.tsx'
import { useCan } from '../../api/session.ts'
import { Notice } from '../../parts/notice.tsx'
import { useWords } from '../../words/words.ts'

/** Before the first number: the way to one, or to one that only plays. */
export function NoNumber() {
  const { conversations } = useWords()
  const mayConnect = useCan('whatsapp:write')
  const [, go] = useLocation()
  const create = useChange('POST /whatsapp/instances', { done: () => go('/inbox?beside=phone') })
  return (
    <div className="inbox-unchosen">
      <Notice title={conversations.noNumber} text={conversations.noNumberHelp}>
        {mayConnect && (
          <Group justify="center" mt="xs">
            <Button component={Link} href="/settings/whatsapp">
              {conversations.connect}
            </Button>
            <Button
              variant="default"
              loading={create.isPending}
              onClick={() =>
                create.mutate({ body: { provider: 'sandbox', display_name: conversations.tryOutName } })
              }
            >
              {conversations.tryOut}
            </Button>
          </Group>
        )}
      </Notice>
    </div>
  )
}
