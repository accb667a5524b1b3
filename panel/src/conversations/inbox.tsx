import { Anchor, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { look } from '../api/look.ts'
import { Asked } from '../parts/asked.tsx'
import { Screen } from '../parts/screen.tsx'
import { useWords } from '../words/words.ts'

export default function Inbox() {
  const { conversations } = useWords()
  const asked = useQuery(look('GET /leads', { query: { sort: '-updated_at', per_page: 30 } }))
  return (
    <Screen title={conversations.title}>
      <Asked of={asked}>
        {({ data }) => (
          <Stack gap="xs">
            {data.map(({ id, name, phone }) => (
              <Anchor key={id} component={Link} href={`/leads/${id}`}>
                {name} {phone}
              </Anchor>
            ))}
          </Stack>
        )}
      </Asked>
    </Screen>
  )
}
