import { Type } from 'typebox'
import type { InstanceRow } from '#conversations/tables.ts'
import { invalid, ruled } from '#platform/errors.ts'
import { route, tagged } from '#platform/route.ts'
import type { Scope } from '#platform/scope.ts'
import { change } from '#whatsapp/instances/actions.ts'
import { lockInstance } from '#whatsapp/instances/queries.ts'
import { InstanceId } from '#whatsapp/instances/schema.ts'
import { customerWrites, phoneIn } from '#whatsapp/sandbox/customer.ts'
import { Sandbox, SandboxChanges, Saying } from '#whatsapp/sandbox/schema.ts'
import { sandboxSettings } from '#whatsapp/sandbox/settings.ts'

const example = {
  answers: false,
  reads: true,
  delay_seconds: 1,
  fails_with: null,
  fails_when: 'sending' as const,
}

export const sandboxRoutes = tagged('WhatsApp', [
  route(
    'updateSandbox',
    'PUT /whatsapp/instances/{id}/sandbox',
    {
      permission: 'whatsapp:write',
      summary: 'Tell a simulated phone how to behave',
      description: 'What is not given stays. It can fail for each reason that a real provider has.',
      params: InstanceId,
      body: SandboxChanges,
      bodyExample: { answers: true, fails_with: null },
      answer: { sandbox: Sandbox },
      rules: ['not_sandbox'],
      example: { sandbox: { ...example, answers: true } },
    },
    async ({ scope, params, body }) => {
      const number = await lockSandbox(scope, params.id)
      const settings = { ...sandboxSettings(number), ...body }
      await change(scope, number.id, { settings })
      return { sandbox: settings }
    },
  ),
  route(
    'writeAsSandboxCustomer',
    'POST /whatsapp/instances/{id}/sandbox/messages',
    {
      permission: 'whatsapp:write',
      summary: 'Write as a customer would',
      description:
        'It goes the way of every message that a provider tells of, so it is there a moment after this answer.',
      params: InstanceId,
      body: Saying,
      bodyExample: { phone: '(11) 99988-7766', name: 'João', text: 'Oi, quero um orçamento' },
      answer: { message: Type.Object({ provider_id: Type.String(), phone: Type.String() }) },
      status: 201,
      rules: ['not_sandbox'],
      example: {
        message: {
          provider_id: 'sandbox.0d9ff1de-9a2a-4a52-8f0a-0c9f8b1c1f2e',
          phone: '+5511999887766',
        },
      },
    },
    async ({ scope, params, body }) => {
      const number = await lockSandbox(scope, params.id)
      const phone = phoneIn(body.phone)
      if (!phone) throw invalid({ phone: ['The phone field format is invalid.'] })
      const needsText = body.kind === undefined || body.kind === 'text' || body.kind === 'button'
      if (needsText && !body.text) throw invalid({ text: ['The text field is required.'] })
      return { message: { provider_id: await customerWrites(scope, number, { ...body, phone }), phone } }
    },
  ),
])

async function lockSandbox(scope: Scope, id: number): Promise<InstanceRow> {
  const number = await lockInstance(scope, id)
  if (number.provider !== 'sandbox') throw ruled('not_sandbox')
  return number
}
