import type { ShownLead } from './lead-cache.ts'

export function LeadSequences(_: { lead: ShownLead }) {
  return null
}
