import { plural } from '../plural.ts'

export const leads = {
  title: 'Leads',
  count: plural('pt-BR', { one: '{n} lead', other: '{n} leads' }),
  none: 'Nenhum lead ainda',
  noneHelp: 'Eles chegam pelo site, pela API e pelo WhatsApp.',
  name: 'Nome',
  phone: 'Telefone',
  email: 'E-mail',
  value: 'Valor',
  stage: 'Etapa',
  created: 'Criado',
}
