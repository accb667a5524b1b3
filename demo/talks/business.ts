/** What is said as a company goes through the stages of its pipeline. */
export const meeting = [
  `
  > {first}, confirmo nossa reunião [{soon} às {hour}|para {soon}, {hour}]. Pode ser por vídeo?
  < [Por vídeo é melhor|Prefiro presencial, se puder vir até aqui]
  > [Combinado|Sem problema]. Vou levar a simulação com base na fatura da {power}.
  < Certo. [Vai participar também o diretor|Estarei com a contabilidade junto]
  `,
  `
  < {oi}, {seller}. Conseguimos um horário [na {soon}|{soon}]. Pode ser às {hour}?
  > Pode sim, {first}. [Convite enviado para o seu e-mail|Já bloqueei a agenda].
  < Recebido
  `,
]

export const study = [
  `
  > {first}, para o estudo preciso das últimas 12 faturas {ofCompany}. Consegue exportar pelo site da {power}?
  < Consigo. Mando [até amanhã|ainda hoje]
  ~ 1d
  < Enviei no seu e-mail. A média dá {kwh} kWh
  > Recebi, obrigad{so}! [Vou separar ponta e fora ponta|Em três dias úteis apresento os números].
  `,
  `
  < O pessoal da manutenção perguntou sobre o peso no telhado
  > Boa! São uns 14 kg por metro quadrado. [Nosso engenheiro emite o laudo estrutural|A vistoria confirma antes de qualquer coisa].
  < Ótimo, era a preocupação deles
  > E o estudo fica pronto [esta semana|até {soon}].
  `,
]

export const proposal = [
  `
  > {first}, a proposta {ofCompany} está no seu e-mail: {kwp} kWp, investimento de {value}.
  > O retorno é de {years} anos, e a economia já no primeiro mês é de {saving}.
  < Recebi. [Vou levar para a diretoria|Preciso de uma semana para analisar]
  > Perfeito. Fico à disposição para apresentar, se ajudar.
  `,
  `
  < {seller}, li a proposta. [Existe opção de locação em vez de compra|Dá para financiar com carência]?
  > Temos sim. Com {value} financiados, a parcela começa depois que o sistema estiver gerando.
  < [Isso muda a conversa|Melhor assim]. Me manda essa simulação?
  > Mando ainda hoje.
  ~ 90
  > Enviei: [a parcela fica abaixo da economia mensal|no fluxo de caixa o projeto é positivo desde o primeiro ano].
  `,
]

export const board = [
  `
  < Está com a diretoria. [Eles perguntaram sobre as garantias|Pediram referências de outros clientes]
  > Claro, {first}. [Envio três contatos de empresas da região|São 12 anos nas placas e 10 nos inversores, com seguro de obra].
  < Obrigad{o}, isso resolve
  `,
  `
  > {oi}, {first}! Alguma novidade da diretoria?
  < [A reunião foi adiada para a semana que vem|Falta só um voto rsrs]
  > [Entendo|Certo], sem pressão. Se quiserem, participo para tirar dúvidas.
  < Agradeço, acho que não precisa
  `,
]

export const won = [
  `
  < {seller}, aprovado! [Pode preparar o contrato|Vamos seguir com {value}]
  > Excelente notícia, {first}! O contrato segue hoje. [Já deixo a engenharia avisada|A obra começa em até 30 dias].
  < Ótimo. O CNPJ e os dados estão no e-mail
  > Recebido. Obrigad{so} pela confiança {ofCompany}!
  `,
]
