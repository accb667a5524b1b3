import { Alert, Anchor, Button, Group, List, Paper, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import type { WhatsAppInstanceDetail } from '../../api/types.ts'
import { useWords } from '../../words/words.ts'
import { Copyable } from '../parts/copyable.tsx'
import { NewSecrets } from './new-secrets.tsx'

/** A number at Meta: the webhook that is still to be entered there, its ids, and new secrets. */
export function CloudPanel({ number }: { number: WhatsAppInstanceDetail }) {
  const { cloud, changeSecrets, templatesLink } = useWords().settings.whatsapp
  const [isRenewing, renew] = useState(false)
  const { callback_url, verify_token, phone_number_id, business_account_id } = number.connection!
  return (
    <>
      <Paper withBorder p="md">
        <Title order={2} size="h3">
          {cloud.webhook}
        </Title>
        {!number.last_heard_at && (
          <Alert color="blue" my="xs" p="xs">
            {cloud.webhookPending}
          </Alert>
        )}
        <List type="ordered" size="sm" spacing={4} my="xs">
          <List.Item>{cloud.webhookOpen}</List.Item>
          <List.Item>{cloud.webhookPaste}</List.Item>
          <List.Item>{cloud.webhookFields}</List.Item>
        </List>
        <Stack gap="sm">
          <Copyable label={cloud.callback} value={callback_url ?? ''} />
          <Copyable label={cloud.verifyToken} value={verify_token ?? ''} />
        </Stack>
      </Paper>
      <Paper withBorder p="md">
        <Title order={2} size="h3" mb="xs">
          {cloud.connection}
        </Title>
        <Text size="sm">
          {cloud.numberId}: <span className="settings-mono">{phone_number_id}</span>
          <br />
          {cloud.businessId}: <span className="settings-mono">{business_account_id}</span>
        </Text>
        <Group mt="sm" gap="md">
          <Button variant="default" onClick={() => renew(true)}>
            {changeSecrets}
          </Button>
          <Anchor component={Link} href="/settings/templates" size="sm">
            {templatesLink}
          </Anchor>
        </Group>
      </Paper>
      {isRenewing && <NewSecrets number={number} close={() => renew(false)} />}
    </>
  )
}
