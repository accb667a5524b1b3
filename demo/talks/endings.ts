/** Why it came to nothing, by the reason that is kept. */
export const lost: Record<string, string[]> = {
  Preço: [
    `
    < {seller}, [conversamos aqui|fizemos as contas] e ficou [acima do que a gente pode agora|pesado para este momento]
    > Entendo, {first}. Se eu conseguir uma condição melhor, posso te procurar?
    < Pode sim, obrigad{o} pela atenção
    `,
    `
    < Oi {seller}, infelizmente não vai dar. {value} é muito para a gente
    > Sem problema, {first}, agradeço a sinceridade. [As portas ficam abertas|Quando quiser retomar, me chama].
    `,
  ],
  'Parou de responder': [
    `
    # a sua proposta
    ~ 1d
    # a simulação que eu fiz
    `,
    `
    # o seu projeto de energia solar
    `,
  ],
  'Escolheu o concorrente': [
    `
    < {oi}, {seller}. Acabei fechando com [outra empresa|um conhecido que trabalha com isso], desculpa
    > Tudo bem, {first}! [Posso perguntar o que pesou|O que fez a diferença], para a gente melhorar?
    < O prazo [deles era menor|de instalação]. Mas gostei muito do atendimento
    > Obrigad{so} pelo retorno. Sucesso com o projeto!
    `,
  ],
  'Financiamento negado': [
    `
    < O banco não aprovou 😕
    > Que pena, {first}. Posso tentar em [outro banco|uma cooperativa], se você quiser.
    < [Deixa, vou arrumar umas pendências antes|Tentei em dois já]. Quem sabe mais para frente
    > Combinado. Guardo o seu projeto aqui.
    `,
  ],
  'Telhado sem condições': [
    `
    > {first}, o laudo da visita saiu: a estrutura do telhado não aguenta o peso hoje.
    < [Poxa|Imaginei]. E o que dá para fazer?
    > Precisaria reforçar [as terças|o madeiramento] antes. Posso indicar quem faz.
    < [Vou deixar para a reforma então|Agora não consigo], obrigad{o}
    `,
  ],
  'Vai decidir no ano que vem': [
    `
    < Oi {seller}! Vamos deixar para o ano que vem, tá? [Entrou uma despesa aqui|O orçamento deste ano já fechou]
    > Claro, {first}. Me permite te chamar em [janeiro|fevereiro]?
    < Pode chamar
    `,
  ],
}

export const comeback = [
  `
  < {oi}, {seller}! Lembra de mim? [Quero retomar aquele orçamento|Resolvi voltar a ver isso]
  > Claro que lembro, {first}! [Vou atualizar os valores|Está tudo salvo aqui]. Mudou alguma coisa de lá para cá?
  < [Só a conta de luz, que aumentou rsrs|Nada, segue igual]
  > Então em breve te mando tudo atualizado.
  `,
]

/** To a message that was sent by itself. */
export const toFollowUp = [
  `
  < Oi! [Ainda estou vendo com {partner}|Estou esperando um dinheiro entrar]. [Semana que vem te falo|Te dou um retorno]
  > Sem pressa, {first}. Fico no aguardo 😊
  `,
  `
  < [Olhei sim|Vi sim]. Fiquei em dúvida [no prazo|na garantia do inversor]
  > Posso te ligar [rapidinho|hoje] para explicar?
  < Pode, depois das 18h
  `,
  `
  < Oi, pode falar
  > Queria saber se ficou alguma dúvida na proposta. [O valor está válido até o fim do mês|Seguro esse preço até sexta].
  < Ficou não, [só falta decidir|estou comparando ainda]
  `,
]

export const toOffer = [
  `
  < [Quanto ficaria agora|Qual é o desconto]?
  > {oi}, {first}! Consigo {value} com a instalação inclusa. [Quer que eu refaça a simulação|Te mando atualizado]?
  < Quero sim
  `,
  `
  < Oi, ainda não é o momento. [Me chama em março|Talvez depois do carnaval]
  > Combinado, {first}, anotei aqui.
  `,
]

export const refusals = ['SAIR', 'Sair', 'Parar']

/** To a seller who writes again after days. */
export const goAhead = [
  'Oi {seller}, pode falar',
  'Oi! Pode sim',
  '{oi}! Diga',
  'Opa, pode falar',
  'Oi, tô por aqui',
]

/** What nobody has answered yet: of a home before its bill, before its proposal and after it; of a company; of a system. */
export const fresh = {
  first: [
    `
    < {oi}! Segue a conta: {bill}, {kwh} kWh
    < Qualquer coisa me fala
    `,
    `
    < [Posso mandar a conta amanhã|Só consigo a conta no fim de semana], pode ser?
    `,
    `
    < A conta está no nome do antigo dono, dá problema?
    `,
    `
    < Vocês trabalham com bateria também?
    < Aqui cai a luz direto
    `,
    `
    < Desculpa a demora, [foi uma semana corrida|estava viajando]. Ainda dá tempo de fazer a simulação?
    `,
    `
    < {seller}, me tira uma dúvida
    < Quantos metros de telhado precisa?
    `,
  ],
  early: [
    `
    < [Conseguiu ver aquele valor pra mim|E a simulação, ficou pronta]?
    `,
    `
    < Oi, {seller}
    < [Vocês parcelam em quantas vezes|Dá para parcelar no boleto|Tem desconto no Pix]?
    `,
    `
    < [Minha vizinha|Meu irmão|Minha sogra] também quer. Vocês fazem desconto para duas casas?
    `,
    `
    < {oi}, {seller}. [Mudou alguma coisa com a nova lei|É verdade que a taxa vai subir|Saiu o reajuste da {power}]? [Vi uma reportagem ontem|Um amigo comentou]
    `,
    `
    < Dá para colocar as placas [na garagem também|em cima da área de churrasco|viradas para o outro lado da rua]?
    `,
    `
    < Esqueci de falar: vamos colocar [um carregador de carro|aquecimento na piscina|mais um ar-condicionado] ano que vem
    < [Já conta isso na simulação|Muda muito o projeto|É melhor já deixar previsto]?
    `,
    `
    < Conversei com {partner}. [Podemos marcar uma ligação amanhã|Vocês têm loja para a gente visitar]?
    `,
    `
    < E se eu vender a casa depois, [o sistema vai junto|dá para levar as placas]?
    `,
    `
    < O técnico pode vir de manhã? À tarde [tenho médico|não vai ter ninguém em casa]
    `,
    `
    < {oi}! Achei uma goteira perto da calha
    < Precisa arrumar antes de colocar as placas?
    `,
    `
    < Meu cunhado falou que tem que trocar o padrão de entrada. É verdade?
    < E quem paga?
    `,
    `
    < Já tem uma ideia de quando sai a proposta?
    `,
  ],
  late: [
    `
    < Oi {seller}, li a proposta
    < Ficou uma dúvida na parte do financiamento: o valor de {installment} já é com juros?
    < Se puder me ligar [amanhã de manhã|hoje], agradeço
    `,
    `
    < [Conversei com {partner} e gostamos|Acho que vamos fechar]! Como faço para seguir?
    `,
    `
    < Dá para fazer por um pouco menos de {value}? Aí fecho com vocês
    `,
    `
    < {oi}, {seller}! Em quanto tempo vocês instalam depois que eu assinar?
    `,
    `
    < [O gerente do banco pediu|Pediram] o CNPJ de vocês para a análise, pode mandar?
    < Obrigad{o}
    `,
    `
    < O inversor da proposta é de qual marca?
    `,
    `
    < {oi}! O contrato pode sair no nome [da minha mãe|do meu pai|da empresa]?
    `,
    `
    < Consegue segurar o preço até [o dia 10|receber meu décimo terceiro|a semana que vem]?
    `,
    `
    < Pensei em dar [10 mil|metade] de entrada. Quanto fica a parcela?
    `,
  ],
  company: [
    `
    < {oi}, {seller}. O diretor pediu [a apresentação em PDF|o material em PDF], pode reenviar?
    `,
    `
    < {seller}, a contabilidade perguntou em quantos anos dá para depreciar o sistema
    < Consegue confirmar?
    `,
    `
    < Temos um segundo galpão {inCity}. Vale a pena incluir no mesmo projeto?
    `,
    `
    < Podemos remarcar nossa conversa? Surgiu [uma auditoria|um imprevisto] aqui
    `,
    `
    < {oi}. Vocês emitem nota de serviço e de material separadas?
    `,
    `
    < A seguradora do prédio pediu o projeto elétrico. Quando consigo receber?
    `,
  ],
  service: [
    `
    < {oi}! [Qual dia vocês conseguem vir|Tem previsão de data]?
    `,
    `
    < Consegue fazer ainda esta semana?
    `,
    `
    < Aceita Pix, {seller}?
    `,
    `
    < Só uma coisa: [se chover vocês vêm assim mesmo|precisa desligar a casa toda]?
    `,
    `
    < Dá para emitir a nota em outro CPF?
    `,
    `
    < {seller}, [o condomínio pediu o nome de quem vem|a portaria precisa da placa do carro]. Consegue me passar?
    `,
    `
    < Esse valor [já inclui as peças|é por visita]?
    `,
  ],
}
