import { ActionIcon, Button, Group, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useChange } from '../../api/change.tsx'
import { look } from '../../api/look.ts'
import { Asked } from '../../parts/asked.tsx'
import { useWords } from '../../words/words.ts'
import type { Conversation } from '../talk.ts'
import { TemplateForm } from './template-form.tsx'
import { partsOf, type Template } from './template-parts.ts'

type Wanted = { conversation: Conversation; isOnlyWay: boolean; close: () => void }
const most = 200

/** Which template to send; the only way while the window is closed. */
export function TemplatePicker({ conversation, isOnlyWay, close }: Wanted) {
  const { conversations } = useWords()
  const [chosen, choose] = useState<Template | null>(null)
  const asked = useQuery(
    look('GET /whatsapp/templates', {
      query: { instance_id: conversation.instance_id, status: 'APPROVED', per_page: most },
    }),
  )
  return (
    <section className="composer composer-templates" aria-label={conversations.templates}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text fw={600} size="sm">
            {isOnlyWay ? conversations.windowClosed : conversations.templates}
          </Text>
          {isOnlyWay && (
            <Text size="xs" c="dimmed">
              {conversations.windowClosedHelp}
            </Text>
          )}
        </div>
        {!isOnlyWay && (
          <ActionIcon variant="subtle" color="gray" aria-label={conversations.templateClose} onClick={close}>
            <X size={18} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      {chosen ? (
        <TemplateForm
          key={chosen.id}
          template={chosen}
          conversation={conversation}
          back={() => choose(null)}
          done={() => {
            choose(null)
            close()
          }}
        />
      ) : (
        <Asked of={asked}>
          {({ data }) => <Choice templates={data} conversation={conversation} choose={choose} />}
        </Asked>
      )}
    </section>
  )
}

type ChoiceWanted = {
  templates: Template[]
  conversation: Conversation
  choose: (template: Template) => void
}

function Choice({ templates, conversation, choose }: ChoiceWanted) {
  const { conversations } = useWords()
  const [question, ask] = useState('')
  const found = templates.filter((template) =>
    `${template.name} ${partsOf(template).body}`.toLowerCase().includes(question.trim().toLowerCase()),
  )
  if (templates.length === 0) return <NoTemplates instanceId={conversation.instance_id} />
  return (
    <>
      <TextInput
        size="sm"
        value={question}
        onChange={({ currentTarget }) => ask(currentTarget.value)}
        placeholder={conversations.templateSearch}
        aria-label={conversations.templateSearch}
      />
      <ul className="template-list">
        {found.map((template) => (
          <li key={template.id}>
            <button type="button" onClick={() => choose(template)}>
              <span>
                <strong>{template.name}</strong>
                <small>
                  {conversations.categories[template.category as keyof typeof conversations.categories] ??
                    template.category}{' '}
                  · {template.language}
                </small>
              </span>
              <span className="template-gist">{partsOf(template).body}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}

function NoTemplates({ instanceId }: { instanceId: number }) {
  const { conversations } = useWords()
  const sync = useChange('POST /whatsapp/instances/{id}/templates/sync', {
    said: ({ synced }) => ({ text: conversations.templateSynced(synced) }),
  })
  return (
    <Group justify="space-between">
      <div>
        <Text size="sm">{conversations.templateNone}</Text>
        <Text size="xs" c="dimmed">
          {conversations.templateNoneHelp}
        </Text>
      </div>
      <Button
        size="xs"
        variant="default"
        loading={sync.isPending}
        onClick={() => sync.mutate({ params: { id: instanceId } })}
      >
        {conversations.templateSync}
      </Button>
    </Group>
  )
}
