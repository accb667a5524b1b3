// How talks begin. `<` is the customer, `>` the seller, `#` a template, `~` a pause; [a|b] is one of them, {x} a fact.

/** To the template that welcomes whoever asked on the site. */
export const answers = [
  `
  < [Oi|Olá|{oi}], {seller}! Pode sim
  > [Obrigad{so}|Que bom]! A primeira: em média, quanto vem a sua conta de luz?
  < [Uns|Mais ou menos|Na faixa de] {round}
  > E o imóvel {inCity} é próprio ou alugado?
  < {owns}
  > [Perfeito|Ótimo], {first}. Com uma foto da conta eu já consigo simular a economia. Você consegue me mandar por aqui?
  `,
  `
  < Pode, mas já adianto que [estou só pesquisando|quero só ter uma ideia de preço] por enquanto
  > Sem problema, {first}, [pesquisar não custa nada|é assim que começa] 😊 Quanto vocês pagam de luz por mês?
  < Veio {bill} no último mês. Antes era bem menos
  > A {power} reajustou mesmo. Para esse consumo, [a economia fica perto de|dá para economizar] {saving} por mês.
  < [Sério?|Tudo isso?] E quanto custa [o sistema|para instalar]?
  > Depende do telhado. Posso te fazer uma simulação sem compromisso, só preciso de uma foto da conta.
  `,
  `
  < {oi}! Foi meu [filho|genro|irmão] que preencheu o pedido, mas a casa é minha
  > {oi}, {first}, [prazer|muito prazer]! Então é com você que eu falo. É para a casa toda ou algum aparelho está pesando na conta?
  < Casa toda. São dois ares-condicionados e o chuveiro
  ~ 3
  < A conta passou de {round}
  > Entendi. Me manda uma foto dela [quando puder|assim que der] que eu calculo quantas placas você precisa.
  `,
  `
  < Oi. Quantas placas precisa para uma casa que gasta {kwh} kWh?
  > {oi}, {first}! Umas {panels} placas dão conta. O número exato depende da inclinação do telhado.
  < E isso zera a conta?
  > [Quase|Chega perto]: fica a taxa mínima da {power} e a iluminação pública. O resto o sol paga ☀️
  < [Gostei|Interessante]. [Me manda|Pode mandar] uma proposta?
  > [Mando sim|Claro]. Preciso só da conta de luz e do endereço da instalação.
  `,
  `
  < [Oi|Olá], pode perguntar
  > O telhado da casa é de quê: telha de barro, fibrocimento, laje?
  < {roof}
  > E ele pega sol [a manhã toda|o dia inteiro] ou tem [árvore|prédio] fazendo sombra?
  < Pega sol praticamente o dia todo
  > [Maravilha|Melhor cenário possível]. Falta só a conta de luz para eu montar a simulação.
  `,
]

/** The same, of who does not want to go on. */
export const retreats = [
  `
  < Oi, vi agora. [Estou no trabalho, falo com você à noite|Depois te respondo com calma], pode ser?
  > Claro, {first}, [quando for melhor para você|sem pressa]. Fico por aqui.
  `,
  `
  < Oi, [já consegui com outra pessoa|era só curiosidade mesmo], obrigad{o}
  > Sem problema, {first}! Se precisar, [é só chamar|estamos à disposição].
  `,
]

/** By where the customer comes from. */
export const first: Record<string, string[]> = {
  whatsapp: [
    `
    < [Oi|Olá], {oi}! [Vi a placa de vocês numa obra aqui {inCity}|Peguei este número no carro de vocês|Achei o contato de vocês no Google]. Quanto fica para colocar energia solar?
    > {oi}, {first}! Aqui é {seller}, da Sol da Serra. O valor depende do consumo. Quanto vem a sua conta de luz, em média?
    < [Uns|Perto de|Em torno de] {round} por mês
    > E o imóvel é próprio?
    < {owns}
    > [Ótimo|Perfeito]. Se você me mandar uma foto da última conta, hoje mesmo eu te passo uma estimativa.
    `,
    `
    < {oi}, é da Sol da Serra?
    > {oi}! É sim, aqui é {seller}. Em que posso ajudar?
    < Quero saber se vale a pena solar para quem paga {round} de luz
    > Vale bastante, {first}: com {kwh} kWh por mês, o sistema se paga em [mais ou menos|cerca de] {years} anos e dura mais de 25.
    < [Hum, entendi|Interessante]. E tem financiamento?
    > Tem sim, em até 72 vezes, e a primeira parcela só em 90 dias. Quer que eu simule? Preciso só da conta de luz.
    `,
    `
    < Oi, vocês atendem {inCity}?
    > {oi}! Atendemos sim. Aqui é {seller} 😊 É para casa ou para empresa?
    < Casa. [Acabamos de construir|Reformamos o telhado ano passado] e queríamos aproveitar
    > Que bom, [é a melhor hora|já facilita a instalação]. Vocês têm uma conta de luz recente?
    < Tenho, veio {bill}
    > Me manda uma foto dela, por favor? Aí eu dimensiono certinho.
    `,
  ],
  instagram: [
    `
    < Oi! Vi [no Instagram|nos stories] o vídeo da casa que [zerou a conta|paga só a taxa mínima]. [Funciona mesmo?|Isso é verdade?]
    > {oi}, {first}! Funciona sim, é de um cliente nosso [daqui da região|aqui de perto]. Aqui é {seller}, da Sol da Serra. Quanto vem a sua conta?
    < Este mês veio {bill} 😩
    > [Nossa|Puxa], e com {kwh} kWh dá para baixar para perto da taxa mínima. O imóvel é próprio?
    < {owns}
    > Então me manda uma foto da conta que eu faço a simulação para você.
    `,
    `
    < [Oie|Oi], vim pelo Instagram. Qual o valor para [uma casa com 4 pessoas|3 quartos]?
    > {oi}, {first}! Mais do que o tamanho da casa, o que manda é o consumo. Você sabe quantos kWh vêm na conta?
    < Não sei... onde vejo isso?
    > Fica no meio da conta da {power}, em "consumo faturado". [Pode me mandar uma foto que eu acho|Se preferir, manda a foto que eu procuro].
    < Achei, {kwh}
    > [Boa|Isso mesmo]! Dá um sistema de umas {panels} placas. Vou te fazer as contas.
    `,
  ],
  indicacao: [
    `
    < {oi}! Quem me passou o seu contato foi {friend}, que instalou com vocês [ano passado|faz uns meses]
    > {oi}, {first}! Que alegria, {friend} é [um amor de cliente|cliente querid{fo}] 😊 Em que posso ajudar?
    < Queria um orçamento parecido. Minha conta é de uns {round}
    > Faço sim. Você está {inCity} também?
    < Isso, moro {inCity}
    > Me manda a última conta de luz e uma foto do telhado, se tiver. Já adianto o seu estudo.
    `,
    `
    < Oi {seller}, sou {first}, [vizinh{o}|colega|cunhad{o}] de {friend}. [Disse que eu podia te chamar|Falou muito bem de vocês]
    > {oi}, {first}! Pode chamar sempre. Você também quer se livrar da conta de luz?
    < Rsrs isso mesmo. Pago {round} por mês
    > Então [vamos resolver|bora resolver isso]. Indicação tem condição especial, viu? Me manda a conta?
    `,
  ],
  feira: [
    `
    < {oi}, [conversei com vocês na feira|peguei o folheto de vocês na feira]. Ainda vale o desconto [do evento|que estava no estande]?
    > {oi}, {first}! Vale até o fim do mês. Aqui é {seller}. Qual é o seu consumo, você lembra?
    < Por volta de {kwh} kWh
    > Então seriam umas {panels} placas. Consegue me mandar a conta de luz para eu confirmar?
    `,
  ],
  telefone: [
    `
    < Oi {seller}, [liguei mais cedo|falei com você agora há pouco]. Meu WhatsApp é este
    > {oi}, {first}! Salvei aqui, obrigad{so} por chamar. Por aqui fica mais fácil trocar os documentos.
    < [Combinado|Certo]. O que você precisa?
    > Só da última conta de luz, por enquanto.
    `,
  ],
}

export const companies = [
  `
  < {oi}, {seller}. [Sou {first}, do financeiro {ofCompany}|Aqui é {first}, {ofCompany}]. Recebi o seu contato
  > {oi}, {first}! Obrigad{so} por responder. Pelo que vi, vocês gastam perto de {round} por mês com energia, é isso?
  < [É por aí|Varia, mas é por aí]. No verão passa
  > Para esse perfil temos projetos com retorno em {years} anos. Podemos marcar uma conversa de 30 minutos?
  < [Pode ser|Vamos], mas preciso envolver [meu sócio|o diretor]
  > Ótimo, com ele junto fica melhor ainda. [Me diz dois horários que eu confirmo.|Que dia fica bom para vocês dois?]
  `,
  `
  < {oi}, é {first}, {ofCompany}. [Queremos reduzir o custo de energia|Temos interesse em energia solar], mas só se não precisar parar a operação
  > {oi}, {first}! Não precisa: a obra é toda no telhado e o desligamento é de umas 2 horas, [num domingo|fora do expediente].
  < [Bom saber|Isso ajuda]. Nosso consumo é de uns {kwh} kWh
  > Então dá para pensar em {kwp} kWp. Vou te mandar [um caso parecido com o de vocês|a referência de um cliente do mesmo ramo].
  `,
  `
  < Olá, vocês fazem projeto para [empresa em imóvel alugado|galpão alugado]?
  > {oi}, {first}! Fazemos, com anuência do proprietário ou com geração em outro terreno. Vocês ficam {inCity}?
  < Isso mesmo
  > Perfeito. Qual é a média da fatura da {power}?
  < Gira em torno de {round}
  > Obrigad{so}. Com esse valor o projeto se paga bem. Posso apresentar os números esta semana?
  `,
]
