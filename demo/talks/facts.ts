import { roofs } from '#demo/company.ts'
import type { Moment } from '#demo/life.ts'
import { isWoman, somebody } from '#demo/people.ts'
import type { Random } from '#demo/random.ts'
import type { Facts } from './script.ts'

const roofWords = [
  'de telha de barro',
  'de fibrocimento',
  'de telha metálica',
  'de laje',
  'no chão mesmo, tem terreno',
]

/** What a lead's talk is about: what never changes of it. */
export function factsOf(random: Random, { step }: Moment, seller: string): Facts {
  if (step.do !== 'create') throw new Error('A life begins with its creation.')
  const { name, company, value, custom_fields } = step.input
  const { conta_de_luz, consumo_kwh, distribuidora, tipo_de_telhado, imovel_proprio } = custom_fields!
  const [bill, kwh] = [Number(conta_de_luz), Number(consumo_kwh)]
  // Of a system that is there already the bill tells nothing.
  const panels = kwh < 200 ? random.whole(6, 16) : Math.ceil(kwh / 65)
  const first = name.split(' ')[0]!
  const friend = somebody(random)
  return {
    ...priced(Number(value), bill),
    first,
    o: ending(first),
    seller: seller.split(' ')[0]!,
    so: ending(seller),
    friend,
    fo: ending(friend),
    partner: random.pick([isWoman(first) ? 'meu marido' : 'minha esposa', 'o pessoal de casa']),
    ofCompany: company ? `${/^(Mercado|Restaurante)/.test(company) ? 'do' : 'da'} ${company}` : '',
    inCity: `${step.city === 'Rio de Janeiro' ? 'no' : 'em'} ${step.city}`,
    power: String(distribuidora),
    bill: money(bill, 2),
    round: money(Math.round(bill / 50) * 50),
    saving: money(Math.round((bill * 0.88) / 10) * 10),
    extra: money(random.whole(5, 14) * 20),
    kwh: kwh.toLocaleString('pt-BR'),
    panels: String(panels),
    kwp: (panels * 0.58).toLocaleString('pt-BR', { maximumFractionDigits: 1 }),
    owns: imovel_proprio
      ? random.pick(['Próprio', 'É próprio sim', 'Meu mesmo'])
      : 'É alugado, mas o dono topa',
    roof: roofWords[roofs.indexOf(String(tipo_de_telhado))] ?? roofWords[0]!,
    hour: random.pick(['9h', '9h30', '10h30', '14h', '15h30', '16h']),
  }
}

/** What the price makes of it. */
export const priced = (value: number, bill: number): Facts => ({
  value: money(value),
  installment: money(Math.round((value * 0.0205) / 5) * 5),
  years: String(Math.max(Math.round(value / (bill * 0.88 * 12)), 3)),
})

const money = (value: number, digits = 0) =>
  `R$ ${value.toLocaleString('pt-BR', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`

const ending = (name: string) => (isWoman(name.split(' ')[0]!) ? 'a' : 'o')
