import { ActionIcon, Button, Group, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { look } from '../../api/look.ts'
import { useFormat } from '../../parts/format.ts'
import { useWords } from '../../words/words.ts'
import { type Conversation, useContactName } from '../talk.ts'
import { TemplateButtons } from '../thread/template-content.tsx'
import { deliver } from './outgoing.ts'
import { filled, partsOf, type Template } from './template-parts.ts'

type Wanted = { template: Template; conversation: Conversation; back: () => void; done: () => void }
type Values = Record<string, string>

/** What fills the template, prefilled with what is known of the lead, beside what the customer will see. */
export function TemplateForm({ template, conversation, back, done }: Wanted) {
  const { conversations } = useWords()
  const guessed = useGuesses(template, conversation)
  const [written, write] = useState<Values>({})
  const values = { ...guessed, ...written }
  const isComplete = template.variables.every(({ name }) => values[name]?.trim())
  const labelOf = useLabels()
  function send() {
    const { body } = partsOf(template)
    const text = filled(body, (key) => values[key])
      .map((piece) => piece.text)
      .join('')
    deliver({
      conversationId: conversation.id,
      text,
      body: { template_id: template.id, variables: values },
      afterId: conversation.last_message?.id ?? 0,
    })
    done()
  }
  return (
    <form
      className="template-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete) send()
      }}
    >
      <div className="template-fields">
        {template.variables.map((variable, at) => (
          <TextInput
            key={variable.name}
            size="sm"
            label={labelOf(variable)}
            value={values[variable.name] ?? ''}
            onChange={({ currentTarget }) => write({ ...written, [variable.name]: currentTarget.value })}
            maxLength={1024}
            autoFocus={at === 0}
          />
        ))}
        <Group gap="xs" mt="auto" wrap="nowrap">
          <ActionIcon
            size={36}
            variant="default"
            aria-label={conversations.templateBack}
            title={conversations.templateBack}
            onClick={back}
          >
            <ArrowLeft size={18} aria-hidden />
          </ActionIcon>
          <Button type="submit" flex={1} disabled={!isComplete}>
            {conversations.templateSend}
          </Button>
        </Group>
      </div>
      <Preview template={template} values={values} />
    </form>
  )
}

function Preview({ template, values }: { template: Template; values: Values }) {
  const { conversations } = useWords()
  const { header, body, footer, buttons } = partsOf(template)
  return (
    <figure className="template-preview">
      <Text component="figcaption" size="xs" c="dimmed">
        {conversations.preview}
      </Text>
      <div className="bubble-body" data-received>
        {header && (
          <strong>
            <Filled text={header} valueFor={(key) => values[`header_${key}`]} />
          </strong>
        )}
        <span className="bubble-text">
          <Filled text={body} valueFor={(key) => values[key]} />
        </span>
        {footer && <span className="bubble-footer">{footer}</span>}
        <TemplateButtons buttons={buttons} />
      </div>
    </figure>
  )
}

const Filled = ({ text, valueFor }: { text: string; valueFor: (key: string) => string | undefined }) =>
  filled(text, valueFor).map(({ text, isMissing }, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text do not move
    isMissing ? <mark key={at}>{text}</mark> : text,
  )

function useLabels() {
  const { conversations } = useWords()
  return ({ name, place, kind }: Template['variables'][number]) => {
    if (kind === 'coupon_code') return conversations.couponVariable
    if (kind !== 'text') return conversations.mediaVariable
    if (place === 'button') return conversations.buttonVariable
    return place === 'header'
      ? conversations.headerVariable(name.replace('header_', ''))
      : conversations.variable(name)
  }
}

/** What a variable most likely stands for: by its name, and the first of a numbered list is the customer's name. */
function useGuesses({ variables, parameter_format }: Template, conversation: Conversation): Values {
  const { money } = useFormat()
  const nameOf = useContactName()
  const asked = useQuery({
    ...look('GET /leads/{id}', { params: { id: conversation.lead_id ?? 0 } }),
    enabled: conversation.lead_id !== null,
  })
  const lead = asked.data?.lead
  const [firstName = ''] = nameOf(conversation).split(' ')
  const meanings: [RegExp, string | null | undefined][] = [
    [parameter_format === 'POSITIONAL' ? /^1$/ : /^(nome|name|nombre|cliente|customer)/i, firstName],
    [/^(empresa|company)/i, lead?.company],
    [/mail|^correo/i, lead?.email],
    [/^(telefone|phone|tel[eé]fono)/i, lead?.phone],
    [/^(valor|value|pre[çc]o|price)/i, lead?.value ? money(lead.value) : null],
  ]
  return Object.fromEntries(
    variables
      .filter(({ place, kind }) => kind === 'text' && place === 'body')
      .flatMap(({ name }) => {
        const meant = meanings.find(([pattern]) => pattern.test(name))?.[1]
        return meant ? [[name, meant]] : []
      }),
  )
}
