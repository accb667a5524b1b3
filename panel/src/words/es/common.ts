import type { common as words } from '../pt-BR/common.ts'

export const common: typeof words = {
  undo: 'Deshacer',
  clear: 'Borrar',
  cancel: 'Cancelar',
  save: 'Guardar',
  leaveTitle: '¿Salir sin guardar?',
  leaveHelp: 'Lo que cambió aquí todavía no está guardado y se perderá.',
  leave: 'Salir sin guardar',
  stay: 'Seguir aquí',
  close: 'Cerrar',
  tryAgain: 'Intentar de nuevo',
  loading: 'Cargando…',
  loadMore: 'Cargar más',
  search: 'Buscar',
  nobody: 'Nadie',
}
