import { Anchor, Paper, ScrollArea, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'wouter'
import { look } from '../api/look.ts'
import { Asked } from '../parts/asked.tsx'
import { useFormat } from '../parts/format.ts'
import { Screen } from '../parts/screen.tsx'
import { useWords } from '../words/words.ts'

export default function Board() {
  const { pipelines } = useWords()
  const wanted = Number(useParams().pipeline)
  const asked = useQuery(look('GET /pipelines'))
  return (
    <Screen title={pipelines.title}>
      <Asked of={asked}>
        {(answer) => {
          const pipeline = answer.pipelines.find(({ id }) => id === wanted) ?? answer.pipelines[0]!
          return (
            <ScrollArea viewportProps={{ tabIndex: 0 }}>
              <SimpleGrid cols={pipeline.stages.length} miw={pipeline.stages.length * 240}>
                {pipeline.stages.map((stage) => (
                  <Column key={stage.id} id={stage.id} name={stage.name} />
                ))}
              </SimpleGrid>
            </ScrollArea>
          )
        }}
      </Asked>
    </Screen>
  )
}

function Column({ id, name }: { id: number; name: string }) {
  const { leads } = useWords()
  const { roundMoney } = useFormat()
  const asked = useQuery(look('GET /leads', { query: { stage_id: id, per_page: 20 } }))
  return (
    <section aria-label={name}>
      <Title order={2}>{name}</Title>
      <Asked of={asked}>
        {({ data, meta }) => (
          <Stack gap="xs">
            <Text size="sm" c="dimmed">
              {leads.count(meta.total)}
            </Text>
            {data.map((lead) => (
              <Paper key={lead.id} withBorder p="xs">
                <Anchor component={Link} href={`/leads/${lead.id}`} size="sm">
                  {lead.name}
                </Anchor>
                <Text size="xs" c="dimmed">
                  {roundMoney(lead.value)}
                </Text>
              </Paper>
            ))}
          </Stack>
        )}
      </Asked>
    </section>
  )
}
