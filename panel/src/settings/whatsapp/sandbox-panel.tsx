import { Anchor, NumberInput, Paper, Stack, Switch, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import { useChange } from '../../api/change.tsx'
import { client, look } from '../../api/look.ts'
import type { WhatsAppInstanceDetail } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'

/** A simulated phone: how its customers behave. */
export function SandboxPanel({ number }: { number: WhatsAppInstanceDetail }) {
  const { settings } = useWords()
  const { sandbox: words } = settings.whatsapp
  const sandbox = number.connection!.sandbox!
  const params = { id: number.id }
  const change = useChange('PUT /whatsapp/instances/{id}/sandbox', {
    said: () => ({ text: settings.saved }),
    ahead: ({ body }) =>
      client.setQueryData(look('GET /whatsapp/instances/{id}', { params }).queryKey, (before) => {
        const connection = before?.instance.connection
        if (!before || !connection) return before
        const changed = { ...connection, sandbox: { ...sandbox, ...body } }
        return { ...before, instance: { ...before.instance, connection: changed } }
      }),
  })
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h3" mb={4}>
        {words.title}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {words.help}{' '}
        <Anchor component={Link} href="/inbox" size="sm" underline="always">
          {words.inbox}
        </Anchor>
      </Text>
      <Stack>
        <Switch
          label={words.answers}
          checked={sandbox.answers}
          onChange={({ currentTarget }) =>
            change.mutate({ params, body: { answers: currentTarget.checked } })
          }
        />
        <Switch
          label={words.reads}
          checked={sandbox.reads}
          onChange={({ currentTarget }) => change.mutate({ params, body: { reads: currentTarget.checked } })}
        />
        <NumberInput
          key={sandbox.delay_seconds}
          label={words.delay}
          defaultValue={sandbox.delay_seconds}
          min={0}
          max={3600}
          w="12rem"
          onBlur={({ currentTarget }) => {
            const seconds = Number(currentTarget.value)
            if (currentTarget.value !== '' && seconds !== sandbox.delay_seconds)
              change.mutate({ params, body: { delay_seconds: seconds } })
          }}
        />
      </Stack>
    </Paper>
  )
}
