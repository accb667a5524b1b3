import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureOfAnswer, failureOfError, isAmbiguous } from '#whatsapp/cloud-api/errors.ts'
import { readMetaWebhook } from '#whatsapp/cloud-api/webhook.ts'
import type { Happening } from '#whatsapp/provider.ts'
import { failed, type Reason, waitAfterFailure } from '#whatsapp/reasons.ts'
import { fixture, fixtureBytes, manifest, testEach } from '../../../test/whatsapp/fixtures.ts'

const read = (file: string) => readMetaWebhook(fixtureBytes(`cloud_api/${file}.json`))
type Status = Extract<Happening, { happening: 'status' }>
const ours = 'wamid.HBgNNTUxMTk4NzY1NDMyMRUCABEYFEUzMEMwQTQyQUY2Mzc0Nzg5QzExAA=='

function statuses(name: string) {
  const all = read(`statuses/${name}`)
  assert.ok(all.every(({ happening }) => happening === 'status'))
  return (all as Status[]).map(({ change }) => change)
}
const status = (name: string) => statuses(name)[0]!

function failedFor(name: string, reason: Reason, action: string) {
  const { status: state, failure } = status(name)
  assert.deepEqual([state, failure?.reason, failure?.action], ['failed', reason, action])
  return failure!
}

testEach('cloud_api/statuses/', {
  sent: () => {
    const { message_id, status: state, reference, pricing, recipient } = status('sent')
    assert.deepEqual([message_id, state, reference], [ours, 'sent', 'msg_01jd3v'])
    assert.deepEqual(pricing, { category: 'service', type: 'free_customer_service', model: 'PMP' })
    assert.equal(recipient.name, 'Ana Souza')
  },
  sent_template_priced: () => assert.equal(status('sent_template_priced').pricing?.category, 'utility'),
  delivered: () => assert.equal(status('delivered').status, 'delivered'),
  played: () => {
    const { status: state, is_played } = status('played')
    assert.deepEqual([state, is_played], ['read', true])
  },
  delivered_legacy_without_bsuid: () => {
    const { message_id, recipient, pricing } = status('delivered_legacy_without_bsuid')
    assert.deepEqual([message_id, recipient.phone, pricing], [ours, '+5511987654321', null])
  },
  sent_br_recipient_id_without_9: () => {
    const { message_id, recipient } = status('sent_br_recipient_id_without_9')
    assert.equal(message_id, 'wamid.HBgMNTU1MTg3NjU0MzIxFQIAERgUNEQ4ODdDMjlGQ0QxMDc2M0M0RkYA')
    assert.deepEqual([recipient.address, recipient.phone], ['555187654321', '+5551987654321'])
  },
  failed_131047_reengagement: () =>
    assert.equal(failedFor('failed_131047_reengagement', 'window_closed', 'template').retryable, false),
  failed_131026_undeliverable: () =>
    assert.equal(failedFor('failed_131026_undeliverable', 'undeliverable', 'never').retryable, false),
  failed_131049_ecosystem: () =>
    assert.match(failedFor('failed_131049_ecosystem', 'marketing_capped', 'never').message, /24 horas/),
  failed_131053_media_upload: () =>
    assert.match(failedFor('failed_131053_media_upload', 'media_refused', 'bug').detail!, /404/),
  failed_130472_experiment: () =>
    assert.equal(failedFor('failed_130472_experiment', 'in_experiment', 'never').retryable, false),
  out_of_order_read_then_delivered: () => {
    const told = read('statuses/out_of_order_read_then_delivered') as Status[]
    assert.deepEqual(
      told.map(({ change, key, at }) => [change.status, key.split(':').at(-1), at?.getTime()]),
      [
        ['read', 'read', 1795180060_000],
        ['delivered', 'delivered', 1795180002_000],
      ],
    )
  },
})

const pedido = { id: '1689556908129832', name: 'pedido_enviado', language: 'pt_BR' }
function account(name: string) {
  const [told, ...more] = read(`account_webhooks/${name}`)
  assert.equal(more.length, 0)
  assert.equal(told!.business, '102290129340398')
  return told!
}

testEach('cloud_api/account_webhooks/', {
  template_status_approved: () =>
    assert.partialDeepStrictEqual(account('template_status_approved'), {
      happening: 'template_status',
      template: pedido,
      status: 'APPROVED',
      reason: null,
      at: new Date(1795180100_000),
    }),
  template_status_rejected: () =>
    assert.partialDeepStrictEqual(account('template_status_rejected'), {
      happening: 'template_status',
      status: 'REJECTED',
      reason: 'O modelo tem variáveis no início.',
    }),
  template_status_paused: () =>
    assert.partialDeepStrictEqual(account('template_status_paused'), {
      status: 'PAUSED',
      reason: 'FIRST_PAUSE',
    }),
  template_category_update: () =>
    assert.partialDeepStrictEqual(account('template_category_update'), {
      happening: 'template_category',
      template: pedido,
      category: 'MARKETING',
      was: 'UTILITY',
    }),
  phone_number_quality_update: () =>
    assert.partialDeepStrictEqual(account('phone_number_quality_update'), {
      happening: 'number_quality',
      event: 'THROUGHPUT_UPGRADE',
      limit: 'TIER_UNLIMITED',
    }),
  user_preferences_stop_marketing: () =>
    assert.partialDeepStrictEqual(account('user_preferences_stop_marketing'), {
      happening: 'preference',
      person: { phone: '+5511987654321', name: 'Ana Souza' },
      marketing: 'stop',
      at: new Date(1795180150_000),
    }),
})

const refusals: Record<string, [Reason, string, string]> = {
  '131056_pair_rate_limit': ['recipient_limited', 'retry', 'recipient'],
  '130429_throughput': ['number_limited', 'retry', 'number'],
  '131047_window_closed_sync': ['window_closed', 'template', 'recipient'],
  '132000_param_count': ['template_variables', 'bug', 'recipient'],
  '132001_template_missing': ['template_missing', 'bug', 'account'],
  '132012_param_format': ['template_variables', 'bug', 'recipient'],
  '132018_param_has_newline': ['template_variables', 'bug', 'recipient'],
  '100_invalid_parameter': ['invalid_request', 'bug', 'recipient'],
  '131009_parameter_value': ['invalid_request', 'bug', 'recipient'],
  '131062_bsuid_not_supported': ['needs_phone', 'never', 'recipient'],
  '131031_account_locked': ['account_locked', 'stop-channel', 'account'],
  '131042_payment': ['payment_problem', 'stop-channel', 'account'],
  '131048_spam_rate': ['spam_limited', 'wait', 'number'],
  '190_token_expired': ['token_invalid', 'stop-channel', 'account'],
  '10_permission': ['permission_missing', 'stop-channel', 'account'],
  '100_unknown_object_id': ['number_missing', 'stop-channel', 'number'],
  '80007_waba_rate_limit': ['account_limited', 'retry', 'account'],
  '4_app_rate_limit': ['app_limited', 'retry', 'account'],
  '131016_service_unavailable': ['provider_unavailable', 'retry', 'account'],
  '2_service': ['provider_unavailable', 'retry', 'account'],
  non_json_502: ['provider_unavailable', 'retry', 'account'],
}

testEach(
  'cloud_api/errors/',
  Object.fromEntries(
    Object.entries(refusals).map(([name, expected]) => [
      name,
      () => {
        const { status: code, body, bodyText } = fixture(`cloud_api/errors/${name}.json`)
        const { reason, action, scope, retryable, message, raw } = failureOfAnswer(code, body ?? bodyText)
        assert.deepEqual([reason, action, scope], expected)
        assert.equal(retryable, action === 'retry' || action === 'wait')
        assert.match(message, /^[^A-Z].+\.$/)
        assert.deepEqual(raw, body ?? bodyText)
        // An answer that is no answer may hide a message that went out.
        assert.equal(isAmbiguous(code, body ?? bodyText), name === 'non_json_502')
      },
    ]),
  ),
)

test('codes that no fixture shows mean what the documentation says', () => {
  const reasonOf = (error: object, status = 400) =>
    failureOfError(error as Record<string, unknown>, status).reason
  assert.equal(reasonOf({ code: 0 }), 'token_invalid')
  assert.equal(reasonOf({ code: 231 }), 'permission_missing')
  assert.equal(reasonOf({ code: 368 }), 'policy_blocked')
  assert.equal(reasonOf({ code: 131050 }), 'opted_out')
  assert.equal(reasonOf({ code: 999999 }), 'refused')
  assert.equal(reasonOf({ code: 999999 }, 500), 'provider_unavailable')
  assert.equal(reasonOf({ code: 999999, is_transient: true }), 'provider_unavailable')
  assert.equal(failureOfError({ code: 100, error_data: 'as a text' }).detail, 'as a text')
  assert.equal(isAmbiguous(500, { error: { code: 131000 } }), true)
  assert.equal(waitAfterFailure(failed('recipient_limited'), 3), 64_000)
})

test('every fixture belongs to a test', () => {
  const folders =
    /^(cloud_api\/(inbound|statuses|account_webhooks|errors|rest)\/|waha\/(webhooks|errors|rest)\/|cloud_api\/verification|signature-vectors|br-phone-cases)/
  assert.deepEqual(
    manifest.filter(({ file }) => !folders.test(file)),
    [],
  )
})
