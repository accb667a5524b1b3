import type { LeadChanges } from '#leads/schema.ts'
import type { Ad } from '#whatsapp/provider.ts'

const longest = 255
const fields = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content'] as const
type Attribution = Pick<LeadChanges, (typeof fields)[number]>

/** What a click-to-WhatsApp ad says of where the lead came from. The whole of it stays on the message. */
export const attributionOf = ({ source_type, source_id, headline }: Ad): Attribution => ({
  utm_source: 'meta',
  utm_medium: source_type === 'post' ? 'post' : 'click_to_whatsapp',
  utm_campaign: headline?.slice(0, longest) ?? null,
  utm_content: source_id?.slice(0, longest) ?? null,
})

/** The first to bring the lead keeps the credit: a mixture of two would be neither's. */
export const isUnattributed = (lead: { [K in (typeof fields)[number]]: string | null }) =>
  fields.every((field) => lead[field] === null)
