/** What is said about a system that is there already: one that broke, one that is dirty, one that has become too small. */
export const threads = [
  {
    opening: [
      `
      < {oi}! O meu sistema [parou de gerar|está gerando menos] desde [sexta|a chuva de domingo|ontem]
      > {oi}, {first}! Vou te ajudar. Que luz está acesa no inversor: verde, amarela ou vermelha?
      < [Vermelha, e apita de vez em quando|Amarela piscando|Nenhuma, está apagado]
      > Obrigad{so}. [Isso costuma ser proteção contra surto|Pode ser só o disjuntor], mas prefiro mandar um técnico olhar.
      < [Por favor|Agradeço]. [A conta vai vir alta se ficar parado|Voltei a pagar luz cheia]
      `,
      `
      < {seller}, o aplicativo [não mostra geração|está zerado] há [três|quatro] dias. É normal?
      > {oi}, {first}! Não é. O Wi-Fi da casa mudou de senha, por acaso?
      < [Não mexemos em nada|Mudou, mas já reconectei]
      > Então vou abrir um chamado e mando o técnico conferir.
      `,
    ],
    diagnosis: [
      `
      > {first}, o técnico passa aí [{soon}|{soon}, no período da manhã]. Pode ser?
      < Pode. [Vou deixar a chave com o caseiro|Estarei em casa]
      > Combinado. [Ele leva as peças mais comuns|Qualquer coisa te aviso].
      `,
      `
      < O técnico já saiu daqui. [O que ele achou|Foi grave]?
      > [Era um conector oxidado|Um dos disjuntores desarmou], nada grave. Vou te mandar o orçamento.
      < Ufa, [que bom|pensei que era o inversor]
      `,
    ],
  },
  {
    opening: [
      `
      < Oi, vocês fazem limpeza das placas? [Faz mais de um ano que não limpo|Estão bem sujas de poeira]
      > {oi}, {first}! Fazemos sim, com água desmineralizada. Quantas placas são?
      < São {panels}
      > Certo. E o telhado tem acesso fácil ou precisa de andaime?
      < [Dá para subir de escada|É sobrado, precisa de escada grande]
      > Combinado, vou montar o orçamento e te mando por aqui.
      `,
      `
      < {oi}! Queria fazer a revisão anual das placas. [Ainda está na garantia|Comprei com vocês no ano passado]
      > {oi}, {first}, que bom que lembrou! A revisão inclui limpeza e aperto das conexões. São {panels} placas, certo?
      < [Isso|Isso mesmo]
      > Vou ver a agenda da equipe {inCity}.
      `,
    ],
    diagnosis: [
      `
      > {first}, a equipe passa [{soon}|{soon} cedo] para ver o acesso e medir. Tudo bem?
      < [Tudo certo|Pode vir]. Tem tomada e água no quintal
      > Perfeito, ajuda muito.
      `,
    ],
  },
  {
    opening: [
      `
      < {oi}, {seller}. [Comprei um carro elétrico|Instalei mais dois ares] e o sistema não dá mais conta. Dá para aumentar?
      > {oi}, {first}! Dá, se o inversor tiver folga. Você sabe o modelo dele?
      < Vou olhar e te falo
      ~ 50
      < É de 5 kW
      > Então cabem mais umas 4 placas sem trocar o inversor. [Vou conferir no projeto|Deixa eu confirmar com a engenharia].
      `,
      `
      < Oi! Voltei a pagar {extra} de luz depois que [fizemos a piscina|meu filho voltou a morar aqui]. Consigo pôr mais placas?
      > {oi}, {first}! Consegue, tem espaço no telhado ainda?
      < Tem, do lado da garagem
      > Ótimo. Vou pedir para a engenharia simular [4 e 6 placas|as duas opções].
      `,
    ],
    diagnosis: [
      `
      > {first}, {soon} um técnico mede o espaço que sobrou no telhado. [Pode ser|Tudo bem para você]?
      < [Pode ser|Tudo certo], só me avisa quando estiver a caminho
      > Aviso sim 👍
      `,
    ],
  },
]

export const quote = [
  `
  > {first}, o serviço completo fica em {value}, com garantia de 90 dias.
  < [Parcela|Dá para parcelar]?
  > Em até 6 vezes no cartão, sem juros.
  < [Vou ver aqui e te confirmo|Tá certo, te aviso amanhã]
  `,
  `
  > {oi}, {first}! Segue o orçamento: {value}, incluindo mão de obra e deslocamento.
  < [Ok|Certo]. Quanto tempo demora?
  > [Meio dia de serviço|Um dia só]. Posso encaixar na semana que vem.
  `,
]

export const won = [
  `
  < Pode fazer, {seller}
  > [Fechado|Ótimo], {first}! Agendo e te confirmo o dia.
  < [Obrigad{o}|Valeu]!
  `,
  `
  < Tudo certo, [pode agendar|podem vir]
  > Agendado! A equipe te liga um dia antes.
  < 👍
  `,
]
