import { Button, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useChange } from '../../api/change.tsx'
import { fieldErrors } from '../../api/failure.ts'
import { look } from '../../api/look.ts'
import { useCan, useSession } from '../../api/session.ts'
import { useFormat } from '../../parts/format.ts'
import { useWords } from '../../words/words.ts'
import type { Conversation } from '../talk.ts'

/** Somebody who is no lead: made one here, or said which one it is. */
export function NoLead({ conversation }: { conversation: Conversation }) {
  const { conversations } = useWords()
  const { phone } = useFormat()
  const mayWrite = useCan('leads:write')
  const { contact } = conversation
  return (
    <Stack gap="md">
      <div>
        <Title order={2}>{conversations.noLead}</Title>
        <Text c="dimmed" size="sm">
          {conversations.noLeadHelp}
        </Text>
      </div>
      {contact.phone && <Text size="sm">{phone(contact.phone)}</Text>}
      {mayWrite && <NewLead conversation={conversation} />}
      {mayWrite && <KnownLead conversation={conversation} />}
    </Stack>
  )
}

function NewLead({ conversation }: { conversation: Conversation }) {
  const words = useWords()
  const { conversations, leads } = words
  const { user } = useSession()
  const form = useForm({ initialValues: { name: conversation.contact.name ?? '' } })
  const create = useChange('POST /conversations/{id}/lead', {
    touches: ['leads', 'pipelines'],
    said: ({ conversation: { lead } }) => ({ text: conversations.leadCreated(lead?.name ?? '') }),
    failed(error) {
      form.setErrors(fieldErrors(error, words))
      return error.body.errors !== undefined
    },
  })
  const submit = ({ name }: { name: string }) =>
    create.mutate({ params: { id: conversation.id }, body: { name, assigned_to: user.id } })
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="xs">
        <TextInput label={leads.name} {...form.getInputProps('name')} />
        <Button type="submit" leftSection={<UserPlus size={16} aria-hidden />} loading={create.isPending}>
          {conversations.createLead}
        </Button>
      </Stack>
    </form>
  )
}

const askedAfterMs = 250

function KnownLead({ conversation }: { conversation: Conversation }) {
  const { conversations, leads } = useWords()
  const [written, write] = useState('')
  const [question] = useDebouncedValue(written.trim(), askedAfterMs)
  const asked = useQuery({
    ...look('GET /leads', { query: { q: question, per_page: 8 } }),
    enabled: question.length > 1,
  })
  const link = useChange('POST /conversations/{id}/lead', {
    touches: ['leads'],
    said: () => ({ text: conversations.linked }),
  })
  const found = question.length > 1 ? (asked.data?.data ?? []) : []
  return (
    <Select
      label={conversations.linkLead}
      placeholder={conversations.linkSearch}
      searchable
      searchValue={written}
      onSearchChange={write}
      filter={({ options }) => options}
      nothingFoundMessage={question.length > 1 && !asked.isFetching ? leads.noneFound : undefined}
      data={found.map(({ id, name, company }) => ({
        value: String(id),
        label: company ? `${name} · ${company}` : name,
      }))}
      value={null}
      onChange={(id) => id && link.mutate({ params: { id: conversation.id }, body: { lead_id: Number(id) } })}
    />
  )
}
