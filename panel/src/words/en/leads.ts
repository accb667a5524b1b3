import { plural } from '../plural.ts'
import type { leads as words } from '../pt-BR/leads.ts'

export const leads: typeof words = {
  title: 'Leads',
  count: plural('en', { one: '{n} lead', other: '{n} leads' }),
  none: 'No leads yet',
  noneHelp: 'They come from your site, the API and WhatsApp.',
  name: 'Name',
  phone: 'Phone',
  email: 'E-mail',
  value: 'Value',
  stage: 'Stage',
  created: 'Created',
}
