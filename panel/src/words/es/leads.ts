import { plural } from '../plural.ts'
import type { leads as words } from '../pt-BR/leads.ts'

export const leads: typeof words = {
  title: 'Leads',
  count: plural('es', { one: '{n} lead', other: '{n} leads' }),
  none: 'Aún no hay leads',
  noneHelp: 'Llegan por el sitio, la API y WhatsApp.',
  name: 'Nombre',
  phone: 'Teléfono',
  email: 'Correo',
  value: 'Valor',
  stage: 'Etapa',
  created: 'Creado',
}
