import { List } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { look } from '../api/look.ts'
import { Asked } from '../parts/asked.tsx'
import { Screen } from '../parts/screen.tsx'
import { useWords } from '../words/words.ts'

export default function Start() {
  const { start, pipelines } = useWords()
  const asked = useQuery(look('GET /pipelines'))
  return (
    <Screen title={start.title}>
      <Asked of={asked}>
        {(answer) => (
          <List aria-label={pipelines.title}>
            {answer.pipelines.map(({ id, name }) => (
              <List.Item key={id}>{name}</List.Item>
            ))}
          </List>
        )}
      </Asked>
    </Screen>
  )
}
