import { lostReasons, pipelines, stages } from '#pipelines/tables.ts'
import type { Scope } from '#platform/scope.ts'

const starterStages = [
  { name: 'Novo', color: '#64748b' },
  { name: 'Contato feito', color: '#0ea5e9' },
  { name: 'Qualificado', color: '#6366f1' },
  { name: 'Proposta', color: '#f59e0b' },
  { name: 'Negociação', color: '#f97316' },
  { name: 'Ganho', color: '#16a34a', is_won: true },
  { name: 'Perdido', color: '#dc2626', is_lost: true },
]
const starterReasons = [
  'Preço',
  'Escolheu o concorrente',
  'Sem resposta',
  'Sem orçamento',
  'Não era o momento',
  'Fora do perfil',
]

/** What a new account starts with: one Portuguese sales pipeline and the usual reasons to lose. */
export async function createStarterPipeline(scope: Scope) {
  const account_id = scope.accountId
  const [pipeline] = await scope.db
    .insert(pipelines)
    .values({ account_id, name: 'Vendas', position: 1 })
    .returning({ id: pipelines.id })
  await scope.db.insert(stages).values(
    starterStages.map((stage, index) => ({
      account_id,
      pipeline_id: pipeline!.id,
      position: index + 1,
      ...stage,
    })),
  )
  await scope.db
    .insert(lostReasons)
    .values(starterReasons.map((name, index) => ({ account_id, name, position: index + 1 })))
  return pipeline!
}
