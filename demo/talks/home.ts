/** What is said as a home goes through the stages of its pipeline. */
export const bill = [
  `
  < {seller}, segue a conta: {bill}, deu {kwh} kWh
  > [Recebi|Recebido], obrigad{so}! [É a da {power}, certo?|Essa é a média ou foi um mês atípico?]
  < [Sim, todo mês é parecido|Isso. No calor sobe um pouco]
  > Então já dá para fechar o estudo: {panels} placas, uma economia de {saving} por mês.
  < [Opa, gostei|Nossa, bom demais]
  > Agora precisamos olhar o telhado de perto. Posso agendar uma visita, sem custo?
  `,
  `
  < Consegui a conta agora. Consumo {kwh} kWh, valor {bill}
  > Perfeito, {first}, era o que faltava.
  ~ 25
  > Fiz as contas: o sistema ideal tem {kwp} kWp e se paga em cerca de {years} anos.
  < E se eu quiser [colocar um ar-condicionado depois|aumentar depois]?
  > Dá para deixar uma folga. Eu já considero 15% a mais no projeto, pode ser?
  < [Pode, melhor assim|Pode ser sim]
  `,
  `
  > {first}, [conseguiu achar a conta|já está com a conta aí]?
  < [Está no nome do meu marido|Está no nome da minha mãe], tem problema?
  > Nenhum, depois [a gente ajusta a titularidade|só precisamos da assinatura]. Quanto veio?
  < {bill}
  > [Anotado|Certo]. Vou preparar a simulação.
  `,
  `
  < Achei. {kwh} kWh no último mês, {bill}
  < [Tá caro né|Um absurdo né]
  > [Está mesmo|É salgado], e ano que vem tem reajuste de novo. Com o solar você trava esse custo.
  > [Posso mandar um técnico ver o telhado|Podemos agendar a visita ao telhado]?
  < [Pode|Pode sim|Podem vir], só me avisa antes
  `,
]

export const visit = [
  `
  > {first}, o técnico consegue ir [{day}|aí {day}], às {hour}. Fica bom?
  < [Fica ótimo|Pode ser|Perfeito]. Precisa de alguém em casa?
  > Precisa só para abrir [o portão e o quadro de luz|o quadro de energia]. Leva uns 40 minutos.
  < Combinado 👍
  `,
  `
  > {oi}, {first}! Vamos marcar a visita técnica? Tenho {day}, às {hour}.
  < Deixa eu ver aqui
  ~ 20
  < [Pode marcar|Dá certo]. O cachorro fica preso, pode vir tranquilo rs
  > Rsrs obrigad{so} por avisar! Está agendado.
  `,
  `
  < Quando vocês podem vir olhar o telhado?
  > {day}, às {hour}, [serve|consegue receber a equipe]?
  < Serve. [O acesso é pela lateral|É só avisar na portaria|Tem escada aqui]
  > Anotado. O técnico vai tirar umas fotos com drone também, se você autorizar.
  < Pode sim, sem problema
  `,
]

export const visited = [
  `
  > {oi}, {first}! Deu tudo certo na visita. [O telhado está em ótimo estado|Não tem sombra, dá para usar a água norte inteira].
  < [Que bom|Ótimo]! O rapaz foi muito atencioso
  > Fico feliz! A proposta sai [até amanhã|em até dois dias].
  `,
  `
  < {seller}, o técnico esteve aqui. [Quando sai a proposta|E agora, qual o próximo passo]?
  > {oi}, {first}! Ele já me passou as medidas. Estou fechando os números com a engenharia.
  < [Tá bom, fico no aguardo|Ok, obrigad{o}]
  `,
]

export const proposal = [
  `
  > {first}, sua proposta está pronta: {panels} placas, inversor com 10 anos de garantia e instalação completa por {value}.
  > No financiamento fica em torno de {installment} por mês, com 90 dias para começar a pagar.
  < [Recebi|Chegou]. Vou olhar com calma [hoje à noite|com {partner}]
  > [Claro|Combinado]! Qualquer dúvida me chama.
  `,
  `
  > {oi}, {first}! Segue o resumo: sistema de {kwp} kWp, {value} à vista ou 72x de {installment}. A economia é de {saving} por mês.
  < A parcela fica quase igual ao que eu pago de luz
  > Exatamente: você troca a conta por uma parcela que tem fim 😊
  < [E a instalação demora quanto|Quanto tempo até ligar]?
  > Uns 45 dias, contando a vistoria da {power}. A obra mesmo são 2 dias.
  `,
  `
  < [E a proposta|Conseguiu a proposta], {seller}?
  > Acabei de finalizar! Ficou em {value}, [já com o projeto e a homologação|com tudo incluso].
  < Hum, [achei que seria menos|é um pouco acima do que pensei]
  > Entendo. Esse valor é com placas de primeira linha. [Posso te mostrar uma opção mais enxuta também|Mas olhando o retorno, em {years} anos ele se pagou].
  < [Manda as duas então|Vou pensar e te falo]
  `,
  `
  > {first}, acabei de enviar a proposta no seu e-mail. O total é {value}.
  < Obrigad{o}! [Dá para dividir no cartão|Tem desconto à vista]?
  > [No cartão em até 18 vezes, mas o financiamento sai melhor: {installment} por mês|À vista consigo tirar 4%].
  < Certo, vou conversar aqui em casa
  `,
]

export const negotiation = [
  `
  < {seller}, gostamos. Consegue fazer [um desconto|algo melhor no preço]?
  > [Deixa eu falar com a diretoria|Vou ver o que consigo] e te retorno ainda hoje.
  ~ 70
  > Consegui! [Incluo a primeira limpeza e o monitoramento por um ano|Tiro 4% se fecharmos até sexta].
  < [Opa, agora ficou bom|Melhorou]. Vou falar com {partner}
  `,
  `
  < Recebi outra proposta [mais barata|R$ 1.500 menor]. O que a de vocês tem de diferente?
  > Boa pergunta, {first}. Dá uma olhada na marca do inversor e se a homologação está inclusa na deles.
  < Não fala nada de homologação
  > É o que costuma ficar de fora, e custa. [Na nossa está tudo dentro|Aqui não tem surpresa depois].
  < [Faz sentido|Entendi]. Deixa eu conferir
  `,
  `
  < O banco pediu comprovante de renda e a escritura. Precisa mesmo?
  > Precisa, mas pode ser o carnê do IPTU no lugar da escritura.
  < [Ah, isso eu tenho|Melhor]. Mando por aqui?
  > Pode mandar. [A resposta do banco sai em dois dias úteis|Assim que aprovar eu te aviso].
  `,
]

export const won = [
  `
  < Pode fechar, {seller}! [Vamos de financiamento|Vou pagar à vista]
  > Que notícia boa, {first}! 🎉 Mando o contrato para assinatura agora mesmo.
  < [Assinei|Acabei de assinar]. E agora?
  > Agora pedimos a homologação na {power} e reservamos o material. A equipe de obras te chama para marcar a data.
  < [Ansios{o} já rsrs|Obrigad{o} pela paciência]
  `,
  `
  < Conversamos aqui e decidimos fechar com vocês
  > Maravilha! Obrigad{so} pela confiança, {first} 🙏 Seu contrato já está no e-mail.
  < Vou ler e assino [hoje|agora à tarde]
  > Perfeito. A previsão de instalação é em até 45 dias.
  `,
  `
  > {first}, contrato recebido e assinado dos dois lados. [Bem-vind{o} à família Sol da Serra|Seja bem-vind{o}] ☀️
  < [Obrigad{o}|Valeu], {seller}! Já indiquei vocês para [meu irmão|uma amiga|os vizinhos]
  > Não poderia ter elogio melhor. [Vou cuidar bem deles também|Indicação nossa tem bônus, viu?]
  `,
]

export const questions = [
  `
  < Uma dúvida: se [chover muito|ficar nublado] ele gera?
  > Gera menos, mas gera. O cálculo já usa a média do ano na sua cidade, com os dias de chuva dentro.
  < [Ah, entendi|Boa]
  `,
  `
  < E se acabar a luz na rua, a minha casa fica com energia?
  > No sistema comum não, por segurança de quem mexe na rede. Com bateria fica, e dá para pôr depois.
  < [Bom saber|Entendi, depois penso na bateria]
  `,
  `
  < Qual a garantia das placas?
  > 12 anos contra defeito e 25 de geração. O inversor tem 10, e a instalação é por nossa conta no primeiro ano.
  `,
  `
  < [E a tal taxação do sol|Vi que estão cobrando taxa do solar], compensa mesmo assim?
  > Compensa: a lei cobra só uma parte do uso da rede, e essa conta já está na sua simulação.
  < Ah tá, era meu medo
  `,
  `
  < Precisa limpar as placas sempre?
  > Uma ou duas vezes por ano, e a chuva já ajuda. Se quiser, nossa equipe faz.
  < [Show|Tranquilo então]
  `,
  `
  < Aguenta granizo?
  > Aguenta: são testadas com pedra de gelo a 80 km/h. E o seguro residencial costuma cobrir por pouca diferença.
  < [Que bom, aqui já caiu uns feios|Ótimo]
  `,
]
