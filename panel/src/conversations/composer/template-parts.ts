import type { AnswerOf } from '../../api/call.ts'

export type Template = AnswerOf<'GET /whatsapp/templates'>['data'][number]
type Component = { type?: string; text?: string; format?: string; buttons?: { text?: string }[] }

/** What a template consists of, as Meta describes it. */
export function partsOf({ components }: Template) {
  const part = (type: string) => (components as Component[]).find((each) => each.type === type)
  return {
    header: part('HEADER')?.text ?? null,
    body: part('BODY')?.text ?? '',
    footer: part('FOOTER')?.text ?? null,
    buttons: (part('BUTTONS')?.buttons ?? []).map(({ text }) => text ?? ''),
  }
}

type Piece = { text: string; isMissing: boolean }

/** A part with its variables filled in; those without a value stay to be seen. */
export const filled = (text: string, valueFor: (key: string) => string | undefined): Piece[] =>
  text.split(/\{\{\s*([\w.]+)\s*\}\}/).map((piece, at) => {
    if (at % 2 === 0) return { text: piece, isMissing: false }
    const value = valueFor(piece)?.trim()
    return { text: value || `{{${piece}}}`, isMissing: !value }
  })
