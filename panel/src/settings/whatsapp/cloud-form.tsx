import {
  Anchor,
  Button,
  Group,
  List,
  Paper,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { useLocation } from 'wouter'
import { useChange } from '../../api/change.tsx'
import { KeepsUnsaved, letLeave } from '../../parts/leaving.tsx'
import { useWords } from '../../words/words.ts'
import { toFields } from '../parts/form-failure.ts'

const metaApps = 'https://developers.facebook.com/apps/'

/** Meta's official API: what to get there, where to write it here; the webhook comes afterwards. */
export function CloudForm() {
  const words = useWords()
  const { cloud, connectIt, displayName, displayNameHelp, secretHelp } = words.settings.whatsapp
  const [, go] = useLocation()
  const form = useForm({
    initialValues: {
      phone_number_id: '',
      business_account_id: '',
      token: '',
      app_secret: '',
      display_name: '',
    },
  })
  const add = useChange('POST /whatsapp/instances', {
    touches: ['account'],
    failed: toFields(form, words),
    done({ instance }) {
      letLeave()
      go(`/settings/whatsapp/${instance.id}`)
    },
  })
  return (
    <form
      onSubmit={form.onSubmit((body) => add.mutate({ body: { provider: 'cloud_api', ...body } }))}
      noValidate
    >
      <KeepsUnsaved isDirty={form.isDirty() && !add.isSuccess} />
      <Stack maw="40rem">
        <Paper withBorder p="md">
          <Title order={2} size="h3" mb="xs">
            {cloud.before}
          </Title>
          <List type="ordered" size="sm" spacing={6}>
            <List.Item>
              {cloud.beforeApp}{' '}
              <Anchor href={metaApps} target="_blank" rel="noreferrer" size="sm" underline="always">
                developers.facebook.com
              </Anchor>
            </List.Item>
            <List.Item>{cloud.beforeNumber}</List.Item>
            <List.Item>{cloud.beforeToken}</List.Item>
          </List>
        </Paper>
        <TextInput
          label={cloud.numberId}
          description={cloud.numberIdHelp}
          inputMode="numeric"
          data-autofocus
          {...form.getInputProps('phone_number_id')}
        />
        <TextInput
          label={cloud.businessId}
          description={cloud.businessIdHelp}
          inputMode="numeric"
          {...form.getInputProps('business_account_id')}
        />
        <PasswordInput
          label={cloud.token}
          description={cloud.tokenHelp}
          autoComplete="off"
          {...form.getInputProps('token')}
        />
        <PasswordInput
          label={cloud.appSecret}
          description={cloud.appSecretHelp}
          autoComplete="off"
          {...form.getInputProps('app_secret')}
        />
        <TextInput
          label={displayName}
          description={displayNameHelp}
          {...form.getInputProps('display_name')}
        />
        <Text size="sm" c="dimmed">
          {secretHelp}
        </Text>
        <Group>
          <Button type="submit" loading={add.isPending}>
            {connectIt}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
