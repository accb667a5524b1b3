import type { NewField } from '#fields/schema.ts'
import type { NewRequiredTask } from '#pipelines/schema.ts'

/** What the company is before its first lead: people, pipelines, fields. A solar power installer of the south-east. */
export const companyName = 'Sol da Serra Energia Solar'
/** As it introduces itself to customers. */
export const shortName = 'Sol da Serra'
// As in people.ts, a number that is given to nobody.
export const number = { name: 'Sol da Serra Vendas', phone: '+5519903001515' }
/** Since when, in days, customers are answered at this number, and sequences write from it. */
export const numberDays = 100
export const sequencesDays = 38

export const people = [
  { name: 'Helena Prado', email: 'helena@soldaserra.example', role: 'admin' },
  { name: 'Otávio Brandão', email: 'otavio@soldaserra.example', role: 'manager' },
  { name: 'Bianca Siqueira', email: 'bianca@soldaserra.example', role: 'manager' },
  { name: 'Rogério Tavares', email: 'rogerio@soldaserra.example', role: 'manager' },
  { name: 'Débora Lacerda', email: 'debora@soldaserra.example', role: 'manager' },
  { name: 'Igor Fontes', email: 'igor@soldaserra.example', role: 'manager' },
  { name: 'Cecília Amaral', email: 'cecilia@soldaserra.example', role: 'viewer' },
  { name: 'Wagner Dantas', email: 'wagner@soldaserra.example', role: 'viewer' },
] as const

type Stage = {
  name: string
  color: string
  is_won?: boolean
  is_lost?: boolean
  /** Days that a lead usually stands here before it goes on. */
  days?: number
  demands?: NewRequiredTask[]
}
export type Pipeline = {
  name: string
  /** How much of the leads is for it. */
  share: number
  isForCompanies: boolean
  /** Who sells in it: their place among the people. */
  sellers: number[]
  /** What a lead is worth, from and to. */
  values: [number, number]
  /** What is talked about with a customer of it. */
  topic: string
  stages: Stage[]
}

const [grey, blue, indigo, amber, orange] = ['#64748b', '#0ea5e9', '#6366f1', '#f59e0b', '#f97316']
const won = { color: '#16a34a', is_won: true }
const lost = { color: '#dc2626', is_lost: true }

export const pipelines: Pipeline[] = [
  {
    name: 'Residencial',
    share: 60,
    isForCompanies: false,
    sellers: [2, 3, 4],
    values: [12_000, 48_000],
    topic: 'o seu projeto de energia solar',
    stages: [
      { name: 'Novo contato', color: grey!, days: 1 },
      { name: 'Conta de luz recebida', color: blue!, days: 4 },
      {
        name: 'Visita técnica',
        color: indigo!,
        days: 6,
        demands: [
          { subject: 'Visitar o telhado de {{lead_name}}', type: 'visit', priority: 'high', due_in_days: 5 },
        ],
      },
      {
        name: 'Proposta enviada',
        color: amber!,
        days: 5,
        demands: [
          {
            subject: 'Ligar para {{lead_name}} sobre a proposta',
            description: 'Tirar dúvidas sobre o financiamento e o prazo de instalação.',
            type: 'call',
            due_in_days: 2,
          },
        ],
      },
      { name: 'Negociação', color: orange!, days: 5 },
      { name: 'Contrato assinado', ...won },
      { name: 'Perdido', ...lost },
    ],
  },
  {
    name: 'Empresas',
    share: 25,
    isForCompanies: true,
    sellers: [0, 1, 5],
    values: [60_000, 380_000],
    topic: 'o projeto de energia {ofCompany}',
    stages: [
      { name: 'Prospecção', color: grey!, days: 3 },
      {
        name: 'Reunião agendada',
        color: blue!,
        days: 7,
        demands: [
          { subject: 'Reunião com {{lead_name}}', type: 'meeting', priority: 'high', due_in_days: 6 },
        ],
      },
      { name: 'Estudo de consumo', color: indigo!, days: 8 },
      {
        name: 'Proposta apresentada',
        color: amber!,
        days: 9,
        demands: [
          { subject: 'Enviar a proposta revisada a {{lead_name}}', type: 'email', due_in_days: 3 },
          { subject: 'Confirmar o crédito de {{lead_name}} no banco', type: 'task', due_in_days: 7 },
        ],
      },
      { name: 'Aprovação da diretoria', color: orange!, days: 8 },
      { name: 'Fechado', ...won },
      { name: 'Não fechou', ...lost },
    ],
  },
  {
    name: 'Manutenção e ampliação',
    share: 15,
    isForCompanies: false,
    sellers: [4, 5],
    values: [900, 9_500],
    topic: 'o serviço no seu sistema',
    stages: [
      { name: 'Pedido recebido', color: grey!, days: 1 },
      {
        name: 'Diagnóstico',
        color: blue!,
        days: 4,
        demands: [{ subject: 'Conferir a geração de {{lead_name}}', type: 'visit', due_in_days: 3 }],
      },
      { name: 'Orçamento enviado', color: amber!, days: 4 },
      { name: 'Contratado', ...won },
      { name: 'Desistiu', ...lost },
    ],
  },
]

/** Why leads are lost; the more often, the greater the weight. */
export const lostReasons = [
  [28, 'Preço'],
  [24, 'Parou de responder'],
  [16, 'Escolheu o concorrente'],
  [14, 'Financiamento negado'],
  [10, 'Telhado sem condições'],
  [8, 'Vai decidir no ano que vem'],
] as const

/** Where leads come from, how readily those buy, and whether a person writes them down. */
export type Origin = { source: string; luck: number; byHand: boolean; utm: [string, string] | null }
export const sources: [number, Origin][] = [
  [30, { source: 'site', luck: 1, byHand: false, utm: ['google', 'cpc'] }],
  [26, { source: 'instagram', luck: 0.75, byHand: false, utm: ['instagram', 'social'] }],
  [18, { source: 'indicacao', luck: 1.6, byHand: true, utm: null }],
  [14, { source: 'whatsapp', luck: 1.1, byHand: true, utm: null }],
  [7, { source: 'feira', luck: 0.7, byHand: true, utm: null }],
  [5, { source: 'telefone', luck: 1, byHand: true, utm: null }],
]
export const campaigns = ['conta-de-luz-zero', 'outubro-solar', 'economize-95', 'simulador']
export const searchTerms = ['energia solar residencial', 'placa solar preço', 'financiamento energia solar']

export const roofs = ['Cerâmico', 'Fibrocimento', 'Metálico', 'Laje', 'Solo']
export const interests = ['Painéis', 'Bateria', 'Carregador de carro', 'Aquecimento de piscina', 'Limpeza']

export const fields: NewField[] = [
  { name: 'distribuidora', label: 'Distribuidora', field_type: 'text' },
  { name: 'consumo_kwh', label: 'Consumo mensal (kWh)', field_type: 'number', show_on_card: true },
  { name: 'conta_de_luz', label: 'Conta de luz', field_type: 'currency', show_on_card: true },
  { name: 'data_da_visita', label: 'Data da visita', field_type: 'date' },
  { name: 'tipo_de_telhado', label: 'Tipo de telhado', field_type: 'select', options: roofs },
  { name: 'interesses', label: 'Interesses', field_type: 'multiselect', options: interests },
  { name: 'imovel_proprio', label: 'Imóvel próprio', field_type: 'checkbox' },
]

export const tags = ['financiamento', 'à vista', 'urgente', 'condomínio', 'zona rural', 'retornar em janeiro']

export const notes = [
  'Prefere contato à tarde, pelo WhatsApp.',
  'Quer instalar antes do verão; a conta subiu muito.',
  'Comparando com outros dois orçamentos.',
  'Decide junto com a esposa. Ligar depois das 18h.',
  'Telhado reformado em 2022, sem sombra.',
  'Pediu simulação com e sem bateria.',
  'Já tem pré-aprovação no banco.',
]

export const followUps = [
  ['Retornar no WhatsApp', 'whatsapp'],
  ['Ligar para tirar dúvidas', 'call'],
  ['Enviar simulação de economia', 'email'],
  ['Pedir a última conta de luz', 'whatsapp'],
  ['Confirmar a visita', 'call'],
  ['Conferir documentos do financiamento', 'task'],
] as const
