import { idIn, instantIn, type Loose, objectIn, objectsIn, textIn } from '#platform/loose.ts'
import { senderOf } from '#whatsapp/cloud-api/people.ts'
import type { TemplateRef, Told } from '#whatsapp/provider.ts'

type Change = Told & { at: Date | null }

/** What Meta tells about templates, the number and people's wishes; nothing when it is not understood. */
export function readAccountChange(field: string, value: Loose, at: Date | null): Change[] {
  const read = Object.hasOwn(readers, field) ? readers[field]!(value, at) : null
  return [read ?? []].flat()
}

const readers: Record<string, (value: Loose, at: Date | null) => Change | Change[] | null> = {
  message_template_status_update: (value, at) => {
    const [template, status] = [templateOf(value), textIn(value.event)?.toUpperCase()]
    if (!template || !status) return null
    const rejected = textIn(objectIn(value.rejection_info).reason)
    const paused = textIn(objectIn(value.other_info).title)
    const reason = value.reason === 'NONE' ? null : textIn(value.reason)
    return { happening: 'template_status', template, status, reason: rejected ?? paused ?? reason, at }
  },
  template_category_update: (value, at) => {
    const template = templateOf(value)
    // A day before it changes, the new category is announced as the correct one, and `new_category` is still the old.
    const announced = textIn(value.correct_category)
    const category = textIn(value.new_category)
    if (!template || !category || announced) return null
    return { happening: 'template_category', template, category, was: textIn(value.previous_category), at }
  },
  phone_number_quality_update: (value, at) => {
    const event = textIn(value.event)
    const limit = textIn(value.max_daily_conversations_per_business)
    return event === null ? null : { happening: 'number_quality', event, limit, at }
  },
  user_preferences: (value) =>
    objectsIn(value.user_preferences).flatMap((wish): Change[] => {
      const isMarketing = wish.category === 'marketing_messages'
      if (!isMarketing || (wish.value !== 'stop' && wish.value !== 'resume')) return []
      const sender = { from: wish.wa_id, from_user_id: wish.user_id }
      const person = senderOf(sender, objectsIn(value.contacts))
      return [{ happening: 'preference', person, marketing: wish.value, at: instantIn(wish.timestamp) }]
    }),
}

/** The id is an integer here, and the language may be written pt-BR. */
function templateOf(value: Loose): TemplateRef | null {
  const [id, name] = [idIn(value.message_template_id), textIn(value.message_template_name)]
  const language = textIn(value.message_template_language)?.replace('-', '_')
  return id && name && language ? { id, name, language } : null
}
