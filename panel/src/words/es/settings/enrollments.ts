import { plural } from '../../plural.ts'
import type { enrollments as words } from '../../pt-BR/settings/enrollments.ts'

export const enrollments: typeof words = {
  tab: 'Agregar leads',
  help: 'Elija quién entra. Quien ya está en la secuencia se queda donde está.',
  fits: plural('es', {
    one: '{n} lead cumple estos filtros.',
    other: '{n} leads cumplen estos filtros.',
  }),
  unfiltered: 'Son todos: elija al menos un filtro si no es lo que quiere.',
  start: 'Incluir en la secuencia',
  startTitle: (count: string, sequence: string) => `¿Incluir ${count} en ${sequence}?`,
  startHelp:
    'Cada uno empieza por el primer paso, y los mensajes salen solos. Se puede interrumpir, pero quien ya entró sigue.',
  startNow: 'Incluir',
  paused: 'La secuencia está en pausa: quien entra espera hasta que se reanude.',
  begun: 'Empezó. Puede salir de esta pantalla: sigue por sí solo.',
  past: 'Inclusiones',
  by: (name: string, moment: string) => `${name}, ${moment}`,
  progress: (seen: string, total: string) => `Van ${seen} de ${total}.`,
  statuses: { running: 'En curso', done: 'Terminada', stopped: 'Interrumpida', failed: 'Falló' },
  started: plural('es', { one: '{n} lead entró.', other: '{n} leads entraron.' }),
  already: plural('es', { one: '{n} ya estaba en ella.', other: '{n} ya estaban en ella.' }),
  stop: 'Interrumpir',
  wasStopped: plural('es', {
    one: 'Interrumpida. {n} lead ya entró y sigue.',
    other: 'Interrumpida. {n} leads ya entraron y siguen.',
  }),
  failures: {
    invalid: 'Uno de los filtros ya no existe.',
    deleted: 'La secuencia fue eliminada.',
    other: 'Un error interrumpió la inclusión. Empiece de nuevo.',
  },
  everybody: 'Todos los leads',
  or: ' o ',
  moreFilters: 'otros filtros',
}
