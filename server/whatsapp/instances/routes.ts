import { Type } from 'typebox'
import { Afterwards, route, tagged } from '#platform/route.ts'
import { detailExample, instanceExample } from '#whatsapp/examples.ts'
import { addInstance, choosePrimary, removeInstance } from '#whatsapp/instances/actions.ts'
import {
  beginConnecting,
  changeInstance,
  connect,
  letGo,
  look,
  qrCode,
  switchOff,
} from '#whatsapp/instances/connection.ts'
import { findInstance, listInstances } from '#whatsapp/instances/queries.ts'
import {
  Instance,
  InstanceChanges,
  InstanceDetail,
  InstanceId,
  NewInstance,
} from '#whatsapp/instances/schema.ts'
import { detailedInstance, shownInstance } from '#whatsapp/instances/shown.ts'

const one = { answer: { instance: InstanceDetail }, example: { instance: detailExample } }

export const instanceRoutes = tagged('WhatsApp', [
  route(
    'listWhatsAppInstances',
    'GET /whatsapp/instances',
    {
      permission: 'whatsapp:read',
      summary: 'The account’s numbers',
      answer: { data: Type.Array(Instance) },
      example: { data: [instanceExample] },
    },
    async ({ scope }) => ({ data: (await listInstances(scope)).map(shownInstance) }),
  ),
  route(
    'createWhatsAppInstance',
    'POST /whatsapp/instances',
    {
      permission: 'whatsapp:write',
      summary: 'Add a number and connect it',
      description:
        'The answer shows whether that worked; if not, `status_message` says why. Secrets are kept encrypted and never shown again. A number that was removed comes back with its history.',
      body: NewInstance,
      bodyExample: {
        provider: 'cloud_api',
        display_name: 'Vendas',
        phone_number_id: '106540352242922',
        business_account_id: '102290129340398',
        token: 'EAAG…',
        app_secret: '8f1c…',
      },
      ...one,
      status: 201,
      rules: ['limit_reached'],
    },
    async (context) => {
      const { scope, operator, body } = context
      const added = await addInstance(scope, operator, body)
      const meanwhile = { instance: detailedInstance(added, context) }
      if (added.status === 'connected') return meanwhile
      const isNameless = !body.display_name
      return new Afterwards(meanwhile, async (after) => ({
        instance: detailedInstance(await connect(after, context, added.id, isNameless), context),
      }))
    },
  ),
  route(
    'getWhatsAppInstance',
    'GET /whatsapp/instances/{id}',
    { permission: 'whatsapp:read', summary: 'One number', params: InstanceId, ...one },
    async (context) => ({
      instance: detailedInstance(await findInstance(context.scope, context.params.id), context),
    }),
  ),
  route(
    'updateWhatsAppInstance',
    'PUT /whatsapp/instances/{id}',
    {
      permission: 'whatsapp:write',
      summary: 'Rename it, or give it new secrets',
      description:
        'What is not given stays. With anything of its connection it is connected again. A new `base_url` needs the `api_key` again: a key that is kept goes to no other address.',
      params: InstanceId,
      body: InstanceChanges,
      bodyExample: { display_name: 'Vendas SP' },
      ...one,
    },
    async (context) => {
      const { scope, operator, params, body } = context
      const { instance, isNewlyConnected } = await changeInstance(scope, operator, params.id, body)
      const meanwhile = { instance: detailedInstance(instance, context) }
      if (!isNewlyConnected) return meanwhile
      return new Afterwards(meanwhile, async (after) => ({
        instance: detailedInstance(await connect(after, context, params.id), context),
      }))
    },
  ),
  route(
    'deleteWhatsAppInstance',
    'DELETE /whatsapp/instances/{id}',
    {
      permission: 'whatsapp:write',
      summary: 'Remove a number',
      description:
        'Its conversations stay, its secrets are wiped, and another number becomes the primary one.',
      params: InstanceId,
      answer: {},
      example: {},
    },
    async ({ scope, params }) => {
      await removeInstance(scope, params.id)
      return {}
    },
  ),
  route(
    'choosePrimaryWhatsAppInstance',
    'PUT /whatsapp/instances/{id}/primary',
    {
      permission: 'whatsapp:write',
      summary: 'Let it send where no number is asked for',
      params: InstanceId,
      ...one,
    },
    async (context) => ({
      instance: detailedInstance(await choosePrimary(context.scope, context.params.id), context),
    }),
  ),
  route(
    'connectWhatsAppInstance',
    'POST /whatsapp/instances/{id}/connect',
    {
      permission: 'whatsapp:write',
      summary: 'Connect it again',
      description:
        'WAHA’s sessions are started and told where to send their webhooks; then comes the QR code.',
      params: InstanceId,
      ...one,
    },
    async (context) => {
      const { scope, params } = context
      const instance = detailedInstance(await beginConnecting(scope, params.id), context)
      return new Afterwards({ instance }, async (after) => ({
        instance: detailedInstance(await connect(after, context, params.id), context),
      }))
    },
  ),
  route(
    'disconnectWhatsAppInstance',
    'POST /whatsapp/instances/{id}/disconnect',
    {
      permission: 'whatsapp:write',
      summary: 'Switch it off',
      description: 'Nothing is sent from it until it is connected again. At WAHA the phone is logged out.',
      params: InstanceId,
      ...one,
    },
    async (context) => {
      const { scope, params } = context
      const instance = detailedInstance(await switchOff(scope, params.id), context)
      return new Afterwards({ instance }, async (after) => ({
        instance: detailedInstance(await letGo(after, context, params.id), context),
      }))
    },
  ),
  route(
    'refreshWhatsAppInstance',
    'POST /whatsapp/instances/{id}/refresh',
    {
      permission: 'whatsapp:write',
      summary: 'Ask the provider how it is with the number',
      description: 'It is done by itself every ten minutes.',
      params: InstanceId,
      ...one,
    },
    async (context) => {
      const { scope, params } = context
      const instance = detailedInstance(await findInstance(scope, params.id), context)
      return new Afterwards({ instance }, async (after) => ({
        instance: detailedInstance(await look(after, context, params.id), context),
      }))
    },
  ),
  route(
    'getWhatsAppQrCode',
    'GET /whatsapp/instances/{id}/qr',
    {
      permission: 'whatsapp:read',
      summary: 'The QR code that the phone scans',
      description:
        'Its text, to be drawn; it lives for less than a minute, so ask again while it is scanned.',
      params: InstanceId,
      answer: { qr_code: Type.String() },
      rules: ['no_qr_code', 'already_connected'],
      asksProvider: true,
      example: { qr_code: '2@k2J9vQ0t3mRZ8pYb1xWc4dLe7fGh5iUa' },
    },
    async (context) => ({ qr_code: await qrCode(context.scope, context, context.params.id) }),
  ),
])
