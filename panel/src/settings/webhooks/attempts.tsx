import { Box, Group, Stack, Text } from '@mantine/core'
import type { WebhookDelivery } from '../../api/types.ts'
import { useFormat } from '../../parts/format.ts'
import { useWords } from '../../words/words.ts'
import { CodeBlock } from '../parts/code-block.tsx'

/** Every attempt: when, how long, what was asked and what came back. */
export function Attempts({ attempts }: { attempts: WebhookDelivery['attempts'] }) {
  const words = useWords().settings.webhooks
  const { moment, number } = useFormat()
  if (attempts.length === 0)
    return (
      <Text size="sm" c="dimmed" px="md" pb="sm">
        {words.noAttempts}
      </Text>
    )
  return (
    <Stack gap="md" px="md" pb="md">
      {attempts.toReversed().map(({ at, duration_ms, request, response, error }) => (
        <Box key={at}>
          <Group gap="xs" mb={4}>
            <Text size="sm" fw={500}>
              {response ? `HTTP ${response.status}` : words.noAnswer}
            </Text>
            <Text size="sm" c="dimmed">
              {moment(at)} · {number(duration_ms)} ms
            </Text>
          </Group>
          {error && (
            <Text size="sm" mb={4}>
              {error}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {words.sent}
          </Text>
          <CodeBlock text={`POST ${request.url}\n${headersOf(request.headers)}`} />
          {response && (
            <>
              <Text size="xs" c="dimmed" mt={6}>
                {words.came}
              </Text>
              <CodeBlock text={`${headersOf(response.headers)}\n\n${response.body}`.trim()} />
            </>
          )}
        </Box>
      ))}
    </Stack>
  )
}

const headersOf = (headers: Record<string, unknown>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
