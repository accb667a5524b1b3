/** A random number that is the same in every run. */
export function dice(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
type Dice = ReturnType<typeof dice>

const firstNames =
  'Maria José Ana João Antônio Francisco Carlos Paulo Pedro Lucas Luiz Marcos Gabriel Rafael Daniel Marcelo Bruno Eduardo Felipe Rodrigo Juliana Márcia Fernanda Patrícia Aline Sandra Camila Amanda Bruna Jéssica Letícia Vanessa Mariana Gabriela Beatriz Larissa Cláudia Simone Thiago Vinícius Tatiane Débora Renata Cíntia Anderson Wellington Éverton Íris Otávio Zuleica'.split(
    ' ',
  )
const surnames =
  'Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Ribeiro Carvalho Almeida Lopes Soares Fernandes Vieira Barbosa Rocha Dias Nascimento Andrade Moreira Nunes Marques Machado Mendes Freitas Cardoso Ramos Gonçalves Santana Teixeira Araújo Conceição Brandão Guimarães Bittencourt Figueiredo Albuquerque Vasconcelos Magalhães Quintanilha Yamamoto Zanetti Krause'.split(
    ' ',
  )
const areas = ['11', '21', '31', '41', '51', '71', '81', '85', '19', '27', '48', '62', '61', '92', '98']
const sources = ['site', 'instagram', 'google', 'indicação', 'whatsapp', 'feira', 'facebook']
const tags = ['quente', 'vip', 'retornar', 'b2b', 'newsletter', 'enterprise', 'parceiro']
const companies = ['Padaria Central', 'Auto Peças Souza', 'Clínica Bem Viver', 'Construtora Horizonte']
const sizes = ['1-10', '11-50', '51-100', '100+']

/** One of these, the first ones far more often: few names, sources and tags make up most of a real list. */
export const skewed = <T>(roll: Dice, of: T[]): T => of[Math.floor(of.length * roll() ** 2.2)]!

/** A lead as an integrator would send it. */
export function newPerson(roll: Dice) {
  const name = `${skewed(roll, firstNames)} ${skewed(roll, surnames)} ${skewed(roll, surnames)}`
  const digits = String(Math.floor(roll() * 1e8)).padStart(8, '0')
  const mailbox = plain(name).replaceAll(' ', '.') + Math.floor(roll() * 10_000)
  return {
    name,
    phone: `+55${skewed(roll, areas)}9${digits}`,
    email: roll() < 0.7 ? `${mailbox}@example.com` : null,
    company: roll() < 0.3 ? skewed(roll, companies) : null,
    value: Math.round(roll() ** 3 * 2_000_000) / 100,
    source: skewed(roll, sources),
    tags: [...new Set([skewed(roll, tags), skewed(roll, tags)])].slice(0, Math.floor(roll() * 3)),
    notes: roll() < 0.2 ? 'Pediu para ligar depois do almoço; prefere WhatsApp.' : null,
    utm_source: roll() < 0.4 ? 'google' : null,
    utm_campaign: roll() < 0.4 ? 'verao_2026' : null,
    custom_fields: roll() < 0.5 ? { tamanho_empresa: skewed(roll, sizes) } : {},
  }
}

const plain = (name: string) => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
