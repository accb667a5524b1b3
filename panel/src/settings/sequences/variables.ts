import { useQuery } from '@tanstack/react-query'
import { look } from '../../api/look.ts'
import { useWords } from '../../words/words.ts'

/** What a text can say of a lead, by the name that it is written with and by what people call it. */
export function useVariables() {
  const words = useWords().settings.sequences
  const fields = useQuery(look('GET /custom-fields', { query: { active_only: true } })).data?.data ?? []
  return [
    ...Object.entries(words.variables).map(([name, label]) => ({ name, label })),
    ...fields.map(({ name, label }) => ({ name: `custom.${name}`, label })),
  ]
}

const written = /\{\{\s*([^{}|]*?)\s*(?:\|[^{}]*)?\}\}/g

/** `Oi, {{first_name|amigo}}` as a person reads it: `Oi, [Primeiro nome]`. */
export function useReadable() {
  const labels = new Map(useVariables().map(({ name, label }) => [name, label]))
  return (text: string) =>
    text.replace(written, (variable, name: string) => (labels.has(name) ? `[${labels.get(name)}]` : variable))
}
