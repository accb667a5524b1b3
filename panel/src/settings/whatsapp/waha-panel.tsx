import { Button, Paper, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { WhatsAppInstanceDetail } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { NewSecrets } from './new-secrets.tsx'
import { ScanCode } from './scan-code.tsx'

/** A number on a WAHA server: the code to scan until it is connected, and where it is. */
export function WahaPanel({ number }: { number: WhatsAppInstanceDetail }) {
  const { waha, changeSecrets } = useWords().settings.whatsapp
  const [isRenewing, renew] = useState(false)
  const { base_url, session, engine } = number.connection!
  return (
    <>
      {number.status === 'waiting_scan' && <ScanCode id={number.id} />}
      <Paper withBorder p="md">
        <Title order={2} size="h3" mb="xs">
          {waha.connection}
        </Title>
        <Text size="sm">
          {waha.address}: <span className="settings-mono">{base_url}</span>
          <br />
          {waha.session}: <span className="settings-mono">{session}</span>
          <br />
          {waha.engine}: <span className="settings-mono">{engine}</span>
        </Text>
        <Button variant="default" mt="sm" onClick={() => renew(true)}>
          {changeSecrets}
        </Button>
      </Paper>
      {isRenewing && <NewSecrets number={number} close={() => renew(false)} />}
    </>
  )
}
