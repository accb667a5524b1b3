import { type Static, type TSchema, Type } from 'typebox'

/** The words that every wire shape is built from. */
export const Id = Type.Integer({ minimum: 1, examples: [123] })
export const Timestamp = Type.Unsafe<Date>({
  type: 'string',
  format: 'date-time',
  description: 'An instant, UTC.',
  examples: ['2026-06-30T10:00:00.000Z'],
})
export const Day = Type.String({ format: 'date', examples: ['1990-01-15'] })
/** What fourteen digits with two decimals hold. */
export const mostMoney = 999_999_999_999.99
export const Money = Type.Number({
  minimum: 0,
  maximum: mostMoney,
  multipleOf: undefined,
  description: 'In the account’s currency, two decimals.',
  examples: [5000],
})
export const text = (maxLength: number, options: Record<string, unknown> = {}) =>
  Type.String({ maxLength, ...options })

/** The same shape, or null: written as a type list, which the serialiser reads without trial and error. */
export const nullable = <S extends TSchema>(schema: S) => {
  const { type, enum: values, ...rest } = schema as S & { type: string; enum?: unknown[] }
  return Type.Unsafe<Static<S> | null>({
    ...rest,
    ...(values ? { enum: [...values, null] } : {}),
    type: [type, 'null'],
  })
}

export const oneOf = <const T extends readonly string[]>(values: T, options: Record<string, unknown> = {}) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values], ...options })

/** The id of a record of this account; one that is not there is refused as "selected … is invalid". */
export type Referable =
  | 'pipelines'
  | 'stages'
  | 'required_tasks'
  | 'users'
  | 'lost_reasons'
  | 'leads'
  | 'views'
  | 'tasks'
  | 'custom_fields'
  | 'webhooks'
  | 'webhook_deliveries'
  | 'instances'
  | 'whatsapp_templates'
  | 'conversations'
  | 'messages'
  | 'sequences'
  | 'sequence_runs'
  | 'sequence_enrollments'
export const ref = (table: Referable, options: Record<string, unknown> = {}) =>
  Type.Integer({ minimum: 1, 'x-references': table, ...options })
