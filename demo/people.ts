import type { Random } from './random.ts'

const women =
  'Ana Beatriz Camila Daniela Eduarda Fernanda Gabriela Helena Isabela Juliana Larissa Luciana Mariana Natália Patrícia Priscila Rafaela Renata Sabrina Simone Tatiane Vanessa Viviane Yasmin'.split(
    ' ',
  )
const men =
  'André Antônio Bruno Caio Carlos Diego Eduardo Felipe Fernando Gustavo Henrique João Jorge José Leonardo Lucas Luiz Marcelo Márcio Mateus Paulo Pedro Rafael Ricardo Rodrigo Sérgio Thiago Vinícius'.split(
    ' ',
  )
const surnames =
  'Almeida Alves Andrade Araújo Barbosa Batista Borges Campos Cardoso Carvalho Castro Cavalcanti Correia Costa Cunha Dias Duarte Farias Fernandes Ferreira Freitas Gomes Gonçalves Lima Lopes Machado Martins Melo Mendes Monteiro Moraes Moreira Moura Nascimento Nogueira Nunes Oliveira Pereira Pinto Ramos Rezende Ribeiro Rocha Rodrigues Santana Santos Silva Soares Souza Teixeira Vieira'.split(
    ' ',
  )
const trades = [
  'Padaria',
  'Mercado',
  'Academia',
  'Oficina',
  'Pousada',
  'Restaurante',
  'Farmácia',
  'Escola',
  'Laticínios',
  'Transportes',
  'Metalúrgica',
  'Lavanderia',
]
const signs = [
  'Estrela',
  'Bom Jesus',
  'Santa Rita',
  'Horizonte',
  'Primavera',
  'Boa Vista',
  'São José',
  'Aurora',
  'Vale Verde',
  'Progresso',
]

/** Cities with their area code and who sells electricity there; the more leads, the greater the weight. */
const cities: [number, { city: string; areaCode: number; power: string }][] = [
  [18, { city: 'São Paulo', areaCode: 11, power: 'Enel São Paulo' }],
  [12, { city: 'Campinas', areaCode: 19, power: 'CPFL Paulista' }],
  [12, { city: 'Belo Horizonte', areaCode: 31, power: 'Cemig' }],
  [8, { city: 'Uberlândia', areaCode: 34, power: 'Cemig' }],
  [8, { city: 'Rio de Janeiro', areaCode: 21, power: 'Light' }],
  [6, { city: 'Vitória', areaCode: 27, power: 'EDP Espírito Santo' }],
  [8, { city: 'Curitiba', areaCode: 41, power: 'Copel' }],
  [6, { city: 'Florianópolis', areaCode: 48, power: 'Celesc' }],
  [8, { city: 'Caxias do Sul', areaCode: 54, power: 'RGE' }],
  [6, { city: 'Goiânia', areaCode: 62, power: 'Equatorial Goiás' }],
  [5, { city: 'Salvador', areaCode: 71, power: 'Neoenergia Coelba' }],
  [5, { city: 'Recife', areaCode: 81, power: 'Neoenergia Pernambuco' }],
  [4, { city: 'Fortaleza', areaCode: 85, power: 'Enel Ceará' }],
]

const saidOfWomen = new Set([...women, 'Bianca', 'Cecília', 'Débora'])
export const isWoman = (first: string) => saidOfWomen.has(first)
export const somebody = (random: Random) => random.pick(random.chance(0.5) ? women : men)

export type Person = ReturnType<typeof personOf>

/** Somebody in Brazil who might want solar power, at home or for a company. */
export function personOf(random: Random, isCompany: boolean) {
  const first = random.pick(random.chance(0.5) ? women : men)
  const [middle, last] = [random.pick(surnames), random.pick(surnames)]
  const home = random.weighted(cities)
  const company = isCompany ? `${random.pick(trades)} ${random.pick(signs)}` : null
  const mailbox = `${plain(first)}.${plain(last)}${random.whole(1, 99)}`
  return {
    name: middle === last ? `${first} ${last}` : `${first} ${middle} ${last}`,
    company,
    // Names under .example belong to nobody, by RFC 2606.
    email: `${mailbox}@${company ? plain(company) : 'correio'}.example`,
    phone: phoneIn(home.areaCode, random),
    birthday: `${random.whole(1955, 2001)}-${two(random.whole(1, 12))}-${two(random.whole(1, 28))}`,
    ...home,
  }
}

// A mobile number whose second digit is 0 is well formed but given to nobody: no stranger gets a message.
const phoneIn = (areaCode: number, random: Random) =>
  `(${areaCode}) 90${random.whole(100, 999)}-${random.whole(1000, 9999)}`

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[^a-z]/gi, '')
    .toLowerCase()

const two = (number: number) => String(number).padStart(2, '0')
