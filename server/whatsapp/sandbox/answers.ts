/** What a friendly customer would say to this. */
export function answerTo(text: string): string {
  const found = answers.find(([words]) => words.test(text))
  return found ? found[1] : 'Entendi, obrigado!'
}

const answers: [RegExp, string][] = [
  [/\b(or[çc]amento|proposta|pre[çc]o|valor)\b/i, 'Gostei! Podemos fechar.'],
  [/\b(hor[áa]rio|agendar|visita|reuni[ãa]o)\b/i, 'Pode ser amanhã às 10h?'],
  [/\?/, 'Sim, pode ser.'],
  [/\b(oi|ol[áa]|bom dia|boa tarde|boa noite)\b/i, 'Oi! Tudo bem?'],
]
