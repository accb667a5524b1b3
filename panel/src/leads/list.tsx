import { Anchor, Button, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { lookOn } from '../api/look.ts'
import { Asked } from '../parts/asked.tsx'
import { useFormat } from '../parts/format.ts'
import { Notice } from '../parts/notice.tsx'
import { Screen } from '../parts/screen.tsx'
import { useWords } from '../words/words.ts'

export default function Leads() {
  const { leads, common } = useWords()
  const { money, ago } = useFormat()
  const asked = useInfiniteQuery(lookOn('GET /leads', { query: { per_page: 50 } }))
  return (
    <Screen title={leads.title}>
      <Asked of={asked}>
        {(found) =>
          found.length === 0 ? (
            <Notice title={leads.none} text={leads.noneHelp} />
          ) : (
            <>
              <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
                <Table highlightOnHover>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{leads.name}</Table.Th>
                      <Table.Th>{leads.phone}</Table.Th>
                      <Table.Th>{leads.stage}</Table.Th>
                      <Table.Th ta="right">{leads.value}</Table.Th>
                      <Table.Th>{leads.created}</Table.Th>
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {found.map((lead) => (
                      <Table.Tr key={lead.id}>
                        <Table.Td>
                          <Anchor component={Link} size="sm" href={`/leads/${lead.id}`}>
                            {lead.name}
                          </Anchor>
                        </Table.Td>
                        <Table.Td>{lead.phone}</Table.Td>
                        <Table.Td>{lead.stage.name}</Table.Td>
                        <Table.Td ta="right">{money(lead.value)}</Table.Td>
                        <Table.Td>
                          <Text c="dimmed" size="sm">
                            {ago(lead.created_at)}
                          </Text>
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
              {asked.hasNextPage && (
                <Button
                  variant="default"
                  mt="md"
                  loading={asked.isFetchingNextPage}
                  onClick={() => asked.fetchNextPage()}
                >
                  {common.loadMore}
                </Button>
              )}
            </>
          )
        }
      </Asked>
    </Screen>
  )
}
