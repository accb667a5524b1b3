/** What a plan may hold; a limit that is absent is no limit. Nouns are the ones that its refusal says. */
export const limitNouns = {
  leads: 'leads',
  users: 'usuários',
  pipelines: 'funis',
  custom_fields: 'campos personalizados',
  sequences: 'sequências',
  whatsapp_instances: 'números de WhatsApp',
  webhooks: 'webhooks',
} as const

export type Limited = keyof typeof limitNouns
export type Limits = Partial<Record<Limited, number>>

export const plans = {
  free: {
    leads: 500,
    users: 2,
    pipelines: 1,
    custom_fields: 5,
    sequences: 1,
    whatsapp_instances: 1,
    webhooks: 1,
  },
  starter: {
    leads: 5_000,
    users: 5,
    pipelines: 3,
    custom_fields: 20,
    sequences: 5,
    whatsapp_instances: 2,
    webhooks: 5,
  },
  scale: {
    leads: 100_000,
    users: 50,
    pipelines: 20,
    custom_fields: 100,
    sequences: 50,
    whatsapp_instances: 10,
    webhooks: 50,
  },
  unlimited: {},
} satisfies Record<string, Limits>

export type PlanName = keyof typeof plans
export const planNames = Object.keys(plans) as PlanName[]

/** The plan's limits, with the account's own on top. */
export const limitsOf = (account: { plan: PlanName; limits: Limits }): Limits => ({
  ...plans[account.plan],
  ...account.limits,
})
