import { plural } from '../../plural.ts'

/** Many leads put into a sequence at once. */
export const enrollments = {
  tab: 'Adicionar leads',
  help: 'Escolha quem entra. Quem já está na sequência fica onde está.',
  fits: plural('pt-BR', {
    one: '{n} lead combina com estes filtros.',
    other: '{n} leads combinam com estes filtros.',
  }),
  unfiltered: 'São todos: escolha ao menos um filtro se não for isso.',
  start: 'Incluir na sequência',
  startTitle: (count: string, sequence: string) => `Incluir ${count} em ${sequence}?`,
  startHelp:
    'Cada um começa pelo primeiro passo, e as mensagens saem sozinhas. Dá para interromper, mas quem já entrou continua.',
  startNow: 'Incluir',
  paused: 'A sequência está pausada: quem entra espera até ela ser retomada.',
  begun: 'Começou. Pode sair desta tela, que continua sozinho.',
  past: 'Inclusões',
  by: (name: string, moment: string) => `${name}, ${moment}`,
  progress: (seen: string, total: string) => `Já foram ${seen} de ${total}.`,
  statuses: { running: 'Em andamento', done: 'Concluída', stopped: 'Interrompida', failed: 'Falhou' },
  started: plural('pt-BR', { one: '{n} lead entrou.', other: '{n} leads entraram.' }),
  already: plural('pt-BR', { one: '{n} já estava nela.', other: '{n} já estavam nela.' }),
  stop: 'Interromper',
  wasStopped: plural('pt-BR', {
    one: 'Interrompida. {n} lead já entrou e continua.',
    other: 'Interrompida. {n} leads já entraram e continuam.',
  }),
  failures: {
    invalid: 'Um dos filtros não existe mais.',
    deleted: 'A sequência foi excluída.',
    other: 'Um erro interrompeu a inclusão. Comece de novo.',
  },
  everybody: 'Todos os leads',
  or: ' ou ',
  moreFilters: 'outros filtros',
}
