import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'wouter'
import { look } from '../api/look.ts'
import { Asked } from '../parts/asked.tsx'
import { useFormat } from '../parts/format.ts'
import { Screen } from '../parts/screen.tsx'
import { useWords } from '../words/words.ts'

export default function Lead() {
  const { leads } = useWords()
  const { money } = useFormat()
  const id = Number(useParams().lead)
  const asked = useQuery(look('GET /leads/{id}', { params: { id } }))
  return (
    <Screen title={asked.data?.lead.name ?? leads.title}>
      <Asked of={asked}>
        {({ lead }) => (
          <Stack gap="xs">
            <Text>{lead.phone}</Text>
            <Text>{lead.email}</Text>
            <Text>{money(lead.value)}</Text>
            <Text>{lead.stage.name}</Text>
          </Stack>
        )}
      </Asked>
    </Screen>
  )
}
