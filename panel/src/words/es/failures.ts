import { plural } from '../plural.ts'
import type { failures as words } from '../pt-BR/failures.ts'

const seconds = plural('es', { one: '{n} segundo', other: '{n} segundos' })
const characters = plural('es', { one: '{n} carácter', other: '{n} caracteres' })

export const failures: typeof words = {
  title: 'No se pudo cargar',
  unexpected: 'Algo salió mal. Recargue la página e intente de nuevo.',
  offline: 'Sin conexión con el servidor. Revise su internet e intente de nuevo.',
  signedOut: 'Su sesión terminó. Entre de nuevo.',
  forbidden: 'No tiene permiso para esto. Pídalo a un administrador.',
  gone: 'Esto ya no existe. Vuelva y elija otro.',
  stale: 'Otra persona cambió esto antes que usted. Revise e intente de nuevo.',
  tooMany: (n) => `Demasiados intentos. Espere ${seconds(n)}.`,
  ours: 'El servidor falló. Intente de nuevo en un momento.',
  blocked: 'Hay tareas obligatorias pendientes en esta etapa. Complételas antes de mover.',
  limitReached: 'Se alcanzó el límite del plan. Hable con un administrador.',
  noSuchPage: 'Esta página no existe',
  goHome: 'Ir al embudo',
  skipped: {
    window_closed: 'La ventana de 24 h está cerrada. Use una plantilla.',
    no_phone: 'Este lead no tiene teléfono. Agréguelo antes de enviar.',
    no_instance: 'Ningún número de WhatsApp está conectado. Conecte uno en los ajustes.',
    instance_disconnected: 'El número de WhatsApp está desconectado. Reconéctelo en los ajustes.',
    template_not_approved: 'Esta plantilla aún no fue aprobada. Elija otra.',
    templates_unsupported: 'Este número no envía plantillas. Use uno de la API oficial.',
    opted_out: 'Este contacto pidió no recibir mensajes.',
  },
  field: {
    required: 'Complete este campo.',
    taken: 'Ya está en uso. Elija otro.',
    choose: 'Elija una de las opciones.',
    email: 'Escriba un correo válido.',
    url: 'Escriba una dirección válida, con https://.',
    date: 'Escriba una fecha válida.',
    format: 'Revise cómo está escrito.',
    variable: (name: string) => `${name} no existe. Elija una variable del menú.`,
    address: 'Use una dirección https:// que cualquiera pueda alcanzar.',
    future: 'Elija una fecha futura.',
    number: 'Escriba un número.',
    password: 'La contraseña actual no es correcta.',
    shortest: (n) => `Use al menos ${characters(n)}.`,
    longest: (n) => `Use como máximo ${characters(n)}.`,
    least: (n) => `El mínimo es ${n}.`,
    most: (n) => `El máximo es ${n}.`,
  },
}
