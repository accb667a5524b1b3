import { edit, react, revoke } from '#whatsapp/inbox/about.ts'
import type { Written } from '#whatsapp/inbox/conversation.ts'
import { echo } from '#whatsapp/inbox/echoes.ts'
import type { Heard, Hearing } from '#whatsapp/inbox/hearing.ts'
import { changeIdentity } from '#whatsapp/inbox/identity-changes.ts'
import { receive } from '#whatsapp/inbox/incoming.ts'
import { optIn, optOut } from '#whatsapp/inbox/opt-outs.ts'
import { holderOf } from '#whatsapp/inbox/people.ts'
import { noteChannelFailure, noteState } from '#whatsapp/instances/state.ts'
import { applyStatus } from '#whatsapp/outbox/states.ts'
import type { Happening, Message, Person } from '#whatsapp/provider.ts'
import { noteTemplateCategory, noteTemplateStatus } from '#whatsapp/templates/told.ts'

/** What a happening changes here. */
export async function take(hearing: Hearing, told: Happening): Promise<Heard> {
  const { scope, instance, at } = hearing
  switch (told.happening) {
    case 'message':
      return isWritten(told.message)
        ? receive(hearing, told.message)
        : reaction(hearing, told.message, 'contact')
    case 'echo':
      return isWritten(told.message)
        ? echo(hearing, told.source, told.message)
        : reaction(hearing, told.message, 'us')
    case 'status': {
      const applied = await applyStatus(scope, instance.id, told.change, at)
      return applied === 'no such message' && !hearing.isLastLook ? 'not yet' : 'done'
    }
    case 'edit':
      return edit(hearing, told)
    case 'revoke':
      return revoke(hearing, told)
    case 'identity_changed':
      return changeIdentity(hearing, told)
    case 'preference':
      await prefer(hearing, told.person, told.marketing)
      return 'done'
    case 'instance_state':
      await noteState(scope, instance, told.state)
      return 'done'
    case 'channel_error':
      await noteChannelFailure(scope, instance.id, told.failure)
      return 'done'
    case 'template_status':
      await noteTemplateStatus(scope, [instance.id], told)
      return 'done'
    case 'template_category':
      await noteTemplateCategory(scope, [instance.id], told)
      return 'done'
    // Counted, and kept as they came for as long as hooks are kept.
    case 'number_quality':
    case 'ignored':
    case 'unknown':
      return 'done'
  }
}

const isWritten = (message: Message): message is Written => message.content.kind !== 'reaction'

function reaction(hearing: Hearing, { content }: Message, from: 'contact' | 'us'): Promise<Heard> {
  if (content.kind !== 'reaction') throw new Error(`A ${content.kind} is no reaction.`)
  return react(hearing, content, from)
}

async function prefer({ scope }: Hearing, person: Person, marketing: 'stop' | 'resume') {
  const known = { leadId: await holderOf(scope, person), identities: person.identities }
  const how = { reach: 'marketing', source: 'meta' } as const
  await (marketing === 'stop' ? optOut(scope, known, how) : optIn(scope, known, how))
}
