import { Center, Group, List, Paper, Skeleton, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { QRCodeSVG } from 'qrcode.react'
import { inWords } from '../../api/failure.ts'
import { look } from '../../api/look.ts'
import { useWords } from '../../words/words.ts'

// A code lives for less than a minute.
const againMs = 15_000
const size = 216

/** The code that the telephone scans, always one that is still good. */
export function ScanCode({ id }: { id: number }) {
  const words = useWords()
  const { waha } = words.settings.whatsapp
  const asked = useQuery({
    ...look('GET /whatsapp/instances/{id}/qr', { params: { id } }),
    refetchInterval: againMs,
    staleTime: 0,
    gcTime: 0,
  })
  return (
    <Paper withBorder p="md">
      <Title order={2} size="h3" mb="xs">
        {waha.scan}
      </Title>
      <Group align="flex-start" gap="lg">
        <div className="settings-qr">
          {asked.data ? (
            <QRCodeSVG value={asked.data.qr_code} size={size} title={waha.scanTitle} />
          ) : asked.error ? (
            <Center w={size} h={size} c="dark" p="sm" ta="center">
              <Text size="sm">{inWords(asked.error, words)}</Text>
            </Center>
          ) : (
            <Skeleton w={size} h={size} />
          )}
        </div>
        <List type="ordered" size="sm" spacing={6} maw="16rem">
          {waha.scanSteps.split('|').map((step) => (
            <List.Item key={step}>{step}</List.Item>
          ))}
        </List>
      </Group>
      <Text size="xs" c="dimmed" mt="xs">
        {waha.scanFresh}
      </Text>
    </Paper>
  )
}
