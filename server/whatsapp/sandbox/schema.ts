import { type Static, Type } from 'typebox'
import { messages } from '#platform/messages.ts'
import { nullable, oneOf, text } from '#platform/shapes.ts'
import type { Reason } from '#whatsapp/reasons.ts'
import { failsWhen } from '#whatsapp/sandbox/settings.ts'

const reasons = Object.keys(messages.whatsappFailures) as [Reason, ...Reason[]]
const mostDelaySeconds = 3600

export const Sandbox = Type.Object({
  answers: Type.Boolean({ description: 'Does the customer answer by itself?' }),
  reads: Type.Boolean({ description: 'Does it read what it gets?' }),
  delay_seconds: Type.Number({
    minimum: 0,
    maximum: mostDelaySeconds,
    description: 'Between sent and delivered, delivered and read, and so on.',
  }),
  fails_with: nullable(
    oneOf(reasons, { description: 'Every send fails for this reason until it is null again.' }),
  ),
  fails_when: oneOf(failsWhen, {
    description:
      'Refused at once, or accepted and told later; `no_answer` is lost on the way, or arrives all the same.',
  }),
})
export type Sandbox = Static<typeof Sandbox>
export const SandboxChanges = Type.Partial(Sandbox)

const adText = Type.Optional(nullable(text(2048)))
export const Saying = Type.Object({
  phone: text(32, { description: 'Who writes.', examples: ['+5511999887766'] }),
  name: Type.Optional(nullable(text(255, { examples: ['João'] }))),
  kind: Type.Optional(oneOf(['text', 'image', 'document', 'location', 'button'])),
  text: Type.Optional(
    nullable(text(4096, { description: 'What is written, the caption, or the title of the button.' })),
  ),
  reply_to: Type.Optional(nullable(text(255, { description: 'The `provider_id` of what it answers to.' }))),
  ad: Type.Optional(
    Type.Unsafe<Record<string, string | null> | null>({
      ...Type.Object({
        source_id: adText,
        source_url: adText,
        headline: adText,
        body: adText,
        click_id: adText,
      }),
      type: ['object', 'null'],
      description: 'The ad that brought the customer.',
    }),
  ),
})
export type Saying = Static<typeof Saying>
