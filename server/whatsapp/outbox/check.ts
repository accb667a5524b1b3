import { invalid, selectedInvalid } from '#platform/errors.ts'
import type { Scope } from '#platform/scope.ts'
import { optOutOf } from '#whatsapp/inbox/opt-outs.ts'
import { instanceById } from '#whatsapp/instances/queries.ts'
import { addressed } from '#whatsapp/outbox/queue.ts'
import { judge, missingVariables, templateOrNull, windowOf } from '#whatsapp/outbox/rules.ts'
import { findWay, type Refusal } from '#whatsapp/outbox/way.ts'
import type { TemplateValues } from '#whatsapp/provider.ts'

type Asked = {
  leadId: number
  instanceId: number | null
  templateId: number | null
  variables: TemplateValues
}

/** Whether a text, and this template, could be sent now, and from where: by the very rules of sending. */
export async function checkSending(scope: Scope, { leadId, instanceId, templateId, variables }: Asked) {
  const to = await addressed(scope, { leadId, content: { text: '' } })
  const template = templateId === null ? null : await templateOrNull(scope, templateId)
  if (templateId !== null && !template) throw invalid({ template_id: [selectedInvalid('template_id')] })
  if (instanceId !== null && !(await instanceById(scope, instanceId)))
    throw invalid({ instance_id: [selectedInvalid('instance_id')] })
  const found = await findWay(scope, to, instanceId ?? template?.instance_id ?? null)
  const way = 'way' in found ? found.way : null
  const verdict = async (draft: Parameters<typeof judge>[2]) => {
    if (!way) return may('refused' in found ? found.refused : null)
    const judged = await judge(scope, way, draft)
    if ('wrong' in judged) return { can_send: false, skip_reason: null, message: judged.wrong.join(' ') }
    return may('refused' in judged ? judged.refused : null)
  }
  const instance = 'way' in found ? found.way.instance : found.instance
  const conversation = way?.conversation ?? null
  return {
    instance: instance
      ? {
          id: instance.id,
          display_name: instance.display_name,
          phone_number: instance.phone_number,
          status: instance.status,
        }
      : null,
    conversation_id: conversation?.id ?? null,
    window: instance ? windowOf({ instance, conversation }) : null,
    opted_out: await optOutOf(scope, { leadId, identities: conversation?.identities ?? [] }),
    text: await verdict({ text: '' }),
    template: template && {
      id: templateId!,
      ...(await verdict({ templateId: templateId!, variables })),
      missing_variables: missingVariables(template, variables),
    },
  }
}

const may = (refusal: Refusal | null) => ({
  can_send: refusal === null,
  skip_reason: refusal?.skip_reason ?? null,
  message: refusal?.message ?? null,
})
