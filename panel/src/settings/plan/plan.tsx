import { Progress, SimpleGrid, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { look } from '../../api/look.ts'
import type { Account } from '../../api/types.ts'
import { Asked } from '../../parts/asked.tsx'
import { useFormat } from '../../parts/format.ts'
import { useWords } from '../../words/words.ts'
import { Section } from '../parts/section.tsx'

const things = [
  'leads',
  'users',
  'pipelines',
  'custom_fields',
  'sequences',
  'whatsapp_instances',
  'webhooks',
] as const
const nearlyFull = 0.9

export default function Plan() {
  const { settings } = useWords()
  const asked = useQuery(look('GET /account'))
  const plan = asked.data?.account.plan
  return (
    <Section
      title={settings.sections.plan}
      help={plan && settings.account.plan(settings.account.plans[plan])}
    >
      <Asked of={asked}>
        {({ account }) => (
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg" verticalSpacing="md" maw="48rem">
            {things.map((thing) => (
              <Use key={thing} thing={thing} account={account} />
            ))}
          </SimpleGrid>
        )}
      </Asked>
    </Section>
  )
}

function Use({ thing, account }: { thing: (typeof things)[number]; account: Account }) {
  const words = useWords().settings.account
  const { number } = useFormat()
  const used = account.use[thing] ?? 0
  const limit = account.limits[thing]
  const share = limit ? used / limit : 0
  const name = words.things[thing]
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500}>
        {name}
      </Text>
      <Text size="sm" c="dimmed">
        {limit === null ? words.unlimited(number(used)) : words.used(number(used), number(limit))}
      </Text>
      {limit !== null && (
        <Progress
          value={share * 100}
          color={share >= 1 ? 'red' : share >= nearlyFull ? 'orange' : 'teal'}
          size="sm"
          aria-label={name}
        />
      )}
    </Stack>
  )
}
