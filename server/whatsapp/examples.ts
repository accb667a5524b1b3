import type { Instance, InstanceDetail } from '#whatsapp/instances/schema.ts'
import type { Template } from '#whatsapp/templates/schema.ts'

const instant = (text: string) => text as unknown as Date

export const instanceExample: Instance = {
  id: 3,
  provider: 'cloud_api',
  display_name: 'Vendas',
  phone_number: '+551140001234',
  is_primary: true,
  status: 'connected',
  supports_templates: true,
  supports_buttons: true,
  has_window_restriction: true,
  status_reason: null,
  status_message: null,
  status_detail: 'CONNECTED',
  status_since: instant('2026-06-29T08:00:00.000Z'),
  last_heard_at: instant('2026-06-30T10:00:00.000Z'),
  templates_synced_at: instant('2026-06-30T06:00:00.000Z'),
  created_at: instant('2026-06-29T08:00:00.000Z'),
}

export const detailExample: InstanceDetail = {
  ...instanceExample,
  connection: {
    phone_number_id: '106540352242922',
    business_account_id: '102290129340398',
    base_url: null,
    session: null,
    engine: null,
    callback_url: 'https://crm.example.com/hooks/whatsapp/cloud',
    verify_token: 'funil-1-k2J9vQ0t3mRZ8pYb1xWc4dLe7fGh5iUa',
    sandbox: null,
  },
}

export const templateExample: Template = {
  id: 9,
  instance_id: 3,
  name: 'pedido_enviado',
  language: 'pt_BR',
  category: 'UTILITY',
  status: 'APPROVED',
  parameter_format: 'POSITIONAL',
  components: [{ type: 'BODY', text: 'Oi, {{1}}! O pedido {{2}} saiu.' }],
  variables: [
    { name: '1', place: 'body', kind: 'text' },
    { name: '2', place: 'body', kind: 'text' },
  ],
  variables_count: 2,
  rejected_reason: null,
  quality: 'GREEN',
  updated_at: instant('2026-06-30T06:00:00.000Z'),
}
