import { plural } from '../plural.ts'

const seconds = plural('pt-BR', { one: '{n} segundo', other: '{n} segundos' })
const characters = plural('pt-BR', { one: '{n} caractere', other: '{n} caracteres' })

export const failures = {
  title: 'Não foi possível carregar',
  unexpected: 'Algo deu errado. Recarregue a página e tente de novo.',
  offline: 'Sem conexão com o servidor. Confira a internet e tente de novo.',
  signedOut: 'Sua sessão terminou. Entre de novo.',
  forbidden: 'Você não tem permissão para isso. Peça a um administrador.',
  gone: 'Isto não existe mais. Volte e escolha outro.',
  stale: 'Outra pessoa mudou isto antes de você. Confira e tente de novo.',
  tooMany: (n: number) => `Tentativas demais. Espere ${seconds(n)}.`,
  ours: 'O servidor falhou. Tente de novo em instantes.',
  blocked: 'Há tarefas obrigatórias pendentes nesta etapa. Conclua-as antes de mover.',
  limitReached: 'O limite do plano foi atingido. Fale com um administrador.',
  noSuchPage: 'Esta página não existe',
  goHome: 'Ir para o funil',
  skipped: {
    window_closed: 'A janela de 24 h está fechada. Use um template.',
    no_phone: 'Este lead não tem telefone. Preencha-o antes de enviar.',
    no_instance: 'Nenhum número de WhatsApp conectado. Conecte um nas configurações.',
    instance_disconnected: 'O número de WhatsApp está desconectado. Reconecte-o nas configurações.',
    template_not_approved: 'Este template ainda não foi aprovado. Escolha outro.',
    templates_unsupported: 'Este número não envia templates. Use um da API oficial.',
    opted_out: 'Este contato pediu para não receber mensagens.',
  },
  field: {
    required: 'Preencha este campo.',
    taken: 'Já está em uso. Escolha outro.',
    choose: 'Escolha uma das opções.',
    email: 'Informe um e-mail válido.',
    url: 'Informe um endereço válido, com https://.',
    date: 'Informe uma data válida.',
    format: 'Confira como está escrito.',
    variable: (name: string) => `${name} não existe. Escolha uma variável do menu.`,
    address: 'Use um endereço https:// que qualquer um alcance.',
    future: 'Escolha uma data no futuro.',
    number: 'Informe um número.',
    password: 'A senha atual não confere.',
    shortest: (n: number) => `Use ao menos ${characters(n)}.`,
    longest: (n: number) => `Use no máximo ${characters(n)}.`,
    least: (n: number) => `O mínimo é ${n}.`,
    most: (n: number) => `O máximo é ${n}.`,
  },
}
