import type { account as words } from '../../pt-BR/settings/account.ts'

export const account: typeof words = {
  timeZone: 'Time zone',
  timeZoneHelp: 'Decides what is today, and what is overdue.',
  locale: 'Language of the company',
  localeHelp: 'For whoever has not chosen their own.',
  country: 'Country',
  countryHelp: 'Where a phone without a country code is from.',

  plan: (name: string) => `Your plan is ${name}.`,
  plans: { free: 'Free', starter: 'Starter', scale: 'Scale', unlimited: 'Unlimited' },
  things: {
    leads: 'Leads',
    users: 'People',
    pipelines: 'Pipelines',
    custom_fields: 'Custom fields',
    sequences: 'Sequences',
    whatsapp_instances: 'WhatsApp numbers',
    webhooks: 'Webhooks',
  },
  used: (used: string, limit: string) => `${used} of ${limit}`,
  unlimited: (used: string) => `${used}, no limit`,

  logHelp: 'The last 30 days, newest first.',
  kind: 'Kind of event',
  allKinds: 'All events',
  follow: 'Follow live',
  noEvents: 'Nothing happened yet.',
  about: (event: string, id: number) => `Details of ${event}, event ${id}`,
  actors: { user: 'Person', key: 'API key', system: 'Funil' },
}
