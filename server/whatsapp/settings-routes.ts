import { type Static, Type } from 'typebox'
import { route, tagged } from '#platform/route.ts'
import { nullable, ref, text } from '#platform/shapes.ts'
import { changeWhatsappSettings, whatsappSettings } from '#whatsapp/settings.ts'

const words = (description: string) => Type.Array(text(100), { maxItems: 50, description })
const Settings = Type.Object({
  takes_up_leads: Type.Boolean({ description: 'Does somebody unknown who writes become a lead?' }),
  pipeline_id: nullable(ref('pipelines', { description: 'Where; null is the account’s default pipeline.' })),
  opt_out_words: words(
    'A message of just these words opts out; case, accents and punctuation do not matter.',
  ),
  opt_in_words: words('A message of just these words takes that back.'),
})
const example: Static<typeof Settings> = {
  takes_up_leads: true,
  pipeline_id: null,
  opt_out_words: ['sair', 'parar', 'stop'],
  opt_in_words: ['voltar'],
}

export const whatsappSettingsRoutes = tagged('WhatsApp', [
  route(
    'getWhatsAppSettings',
    'GET /whatsapp/settings',
    {
      permission: 'whatsapp:read',
      summary: 'What happens when somebody writes',
      answer: { settings: Settings },
      example: { settings: example },
    },
    async ({ scope }) => ({ settings: await whatsappSettings(scope) }),
  ),
  route(
    'updateWhatsAppSettings',
    'PUT /whatsapp/settings',
    {
      permission: 'whatsapp:write',
      summary: 'Decide what happens when somebody writes',
      body: Type.Partial(Settings),
      bodyExample: { takes_up_leads: true, opt_out_words: ['sair', 'parar', 'stop'] },
      answer: { settings: Settings },
      example: { settings: example },
    },
    async ({ scope, body }) => ({ settings: await changeWhatsappSettings(scope, body) }),
  ),
])
