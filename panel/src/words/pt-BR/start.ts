export const start = {
  title: 'Primeiros passos',
  help: 'Em poucos minutos a equipe vende por aqui. Faça na ordem que quiser.',
  progress: (done: number, all: number) => `${done} de ${all} feitos`,
  done: 'Feito',
  steps: {
    company: { title: 'Dê nome à empresa', help: 'E confira o fuso horário, o idioma e o país.' },
    pipeline: { title: 'Ajuste o funil', help: 'Etapas com os nomes que a sua equipe usa.' },
    whatsapp: {
      title: 'Conecte ou experimente o WhatsApp',
      help: 'Conecte o seu número. Ou use o de teste: escreva como cliente e responda.',
    },
    colleague: { title: 'Convide um colega', help: 'Crie o acesso e mande o link para ele entrar.' },
    lead: { title: 'Receba o primeiro lead', help: 'Crie um no funil, ou deixe um cliente escrever.' },
    key: {
      title: 'Ligue o seu site ou outro sistema',
      help: 'Crie uma chave de API e copie o exemplo. Conta como feito no primeiro uso.',
    },
  },
  go: { company: 'Preencher', pipeline: 'Abrir o funil', whatsapp: 'Conectar número', lead: 'Ver o funil' },
  kinds: {
    choose: 'Escolher um modelo',
    title: 'Que tipo de negócio é o seu?',
    help: (name: string) =>
      `O funil ${name} ainda está vazio: as etapas dele passam a ser estas. Ganho e perdido ficam como estão.`,
    chosen: (name: string) => `Etapas de ${name} no seu funil.`,
    of: {
      services: {
        name: 'Serviços e consultoria',
        stages: 'Novo contato → Diagnóstico → Proposta enviada → Negociação',
      },
      realEstate: {
        name: 'Imobiliária',
        stages: 'Novo contato → Perfil entendido → Visita marcada → Visita feita → Proposta → Documentação',
      },
      solar: {
        name: 'Energia solar',
        stages:
          'Novo contato → Conta de luz recebida → Visita técnica → Proposta enviada → Negociação → Financiamento',
      },
      clinic: {
        name: 'Clínica e estética',
        stages: 'Novo contato → Avaliação marcada → Avaliação feita → Orçamento enviado',
      },
      school: {
        name: 'Cursos e escolas',
        stages: 'Novo contato → Curso escolhido → Aula ou visita marcada → Proposta enviada → Matrícula',
      },
      shop: {
        name: 'Loja',
        stages: 'Novo contato → Produto escolhido → Orçamento enviado → Esperando pagamento',
      },
    },
  },
  dismiss: 'Não mostrar mais',
  dismissed: 'Guardado. Você encontra estes passos no menu da sua conta.',
  bringBack: 'Mostrar na navegação',
  allDone: 'Tudo pronto. Boas vendas.',
}
