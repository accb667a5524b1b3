import type { Input } from '../../api/call.ts'
import { useWords } from '../../words/words.ts'

export type Scope = NonNullable<Input<'POST /api-keys'>['body']['scopes']>[number]

/** What a key can reach, and whether it may change it there. */
export const resources = [
  ['leads', true],
  ['tasks', true],
  ['pipelines', true],
  ['custom_fields', true],
  ['sequences', true],
  ['whatsapp', true],
  ['webhooks', true],
  ['users', true],
  ['events', false],
  ['reports', false],
] as const

const all = resources.flatMap(([name, isWritable]) =>
  isWritable ? [`${name}:read`, `${name}:write`] : [`${name}:read`],
)

/** "Leads: ler e mudar · Tarefas: ler" */
export function useScopeWords() {
  const { access } = useWords().settings
  return (scopes: string[]) => {
    if (all.every((scope) => scopes.includes(scope))) return access.fullAccess
    return resources
      .flatMap(([name]) => {
        const [reads, writes] = [scopes.includes(`${name}:read`), scopes.includes(`${name}:write`)]
        if (!reads && !writes) return []
        const may = reads && writes ? access.both : writes ? access.writes : access.reads
        return [`${access.resources[name]}: ${may}`]
      })
      .join(' · ')
  }
}
