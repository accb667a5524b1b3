import type { account as words } from '../../pt-BR/settings/account.ts'

export const account: typeof words = {
  timeZone: 'Zona horaria',
  timeZoneHelp: 'Decide qué es hoy y qué está atrasado.',
  locale: 'Idioma de la empresa',
  localeHelp: 'Para quien todavía no eligió el suyo.',
  country: 'País',
  countryHelp: 'De dónde es un teléfono escrito sin el código del país.',

  plan: (name: string) => `Su plan es ${name}.`,
  plans: { free: 'Gratuito', starter: 'Inicial', scale: 'Escala', unlimited: 'Ilimitado' },
  things: {
    leads: 'Leads',
    users: 'Personas',
    pipelines: 'Embudos',
    custom_fields: 'Campos personalizados',
    sequences: 'Secuencias',
    whatsapp_instances: 'Sus números de WhatsApp',
    webhooks: 'Webhooks',
  },
  used: (used: string, limit: string) => `${used} de un total de ${limit}`,
  unlimited: (used: string) => `${used}, sin límite`,

  logHelp: 'Los últimos 30 días, del más nuevo al más antiguo.',
  kind: 'Clase de evento',
  allKinds: 'Todos los eventos',
  follow: 'Seguir en vivo',
  noEvents: 'Todavía no pasó nada.',
  about: (event: string, id: number) => `Detalle de ${event}, evento ${id}`,
  actors: { user: 'Persona', key: 'Clave de API', system: 'Funil' },
}
