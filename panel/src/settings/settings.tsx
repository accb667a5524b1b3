import { Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { look } from '../api/look.ts'
import { Asked } from '../parts/asked.tsx'
import { Screen } from '../parts/screen.tsx'
import { useWords } from '../words/words.ts'

export default function Settings() {
  const { settings } = useWords()
  const asked = useQuery(look('GET /users'))
  return (
    <Screen title={settings.title}>
      <Asked of={asked}>
        {({ data }) => (
          <Table>
            <Table.Tbody>
              {data.map((user) => (
                <Table.Tr key={user.id}>
                  <Table.Td>{user.name}</Table.Td>
                  <Table.Td>{user.email}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Asked>
    </Screen>
  )
}
