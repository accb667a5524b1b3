import { plural } from '../plural.ts'
import type { pipelines as words } from '../pt-BR/pipelines.ts'

export const pipelines: typeof words = {
  title: 'Embudo',
  switch: 'Cambiar de embudo',
  stages: 'Etapas',
  emptyStage: 'Arrastre un lead aquí.',
  emptyFiltered: 'No hay leads aquí con estos filtros.',
  noTask: 'Sin próxima tarea',
  inStage: plural('es', { one: '{n} día en esta etapa', other: '{n} días en esta etapa' }),
  since: (ago: string) => `en esta etapa ${ago}`,
  moveElsewhere: 'Mover a…',
  daysShort: (n: number) => `${n} d`,
  unread: plural('es', { one: '{n} mensaje sin leer', other: '{n} mensajes sin leer' }),
  order: 'Orden',
  orders: {
    '-stage_changed_at': 'Últimos en llegar',
    stage_changed_at: 'Más tiempo en la etapa',
    '-value': 'Mayor valor',
    '-created_at': 'Más nuevos',
  },
  move: 'Mover',
  moveTitle: (name: string) => `Mover a ${name}`,
  moved: (name: string, stage: string) => `${name} pasó a ${stage}.`,
  movedBack: (name: string) => `${name} volvió a donde estaba.`,
  wonTitle: (name: string) => `${name}: venta ganada`,
  wonValue: '¿Por cuánto se cerró?',
  wonSubmit: 'Marcar como ganado',
  lostTitle: (name: string) => `${name}: venta perdida`,
  lostReason: '¿Por qué no se cerró?',
  lostNoReason: 'Sin motivo indicado',
  lostSubmit: 'Marcar como perdida',
  blockedTitle: (name: string) => `Antes de mover a ${name}`,
  blockedHelp: (from: string, to: string) =>
    `La etapa ${from} pide que esto esté hecho. Marca lo que terminaste y el lead sigue a ${to}.`,
  dragHelp:
    'Para mover, pulse espacio. Elija la etapa con las flechas, suelte con espacio y cancele con Esc. Enter abre el lead.',
  dragStart: (name: string) => `Tomaste a ${name}.`,
  dragOver: (stage: string) => `Sobre ${stage}.`,
  dragEnd: (name: string, stage: string) => `${name} se soltó en ${stage}.`,
  dragCancel: 'Movimiento cancelado.',
}
