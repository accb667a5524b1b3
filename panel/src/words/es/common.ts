import type { common as words } from '../pt-BR/common.ts'

export const common: typeof words = {
  undo: 'Deshacer',
  clear: 'Borrar',
  cancel: 'Cancelar',
  save: 'Guardar',
  close: 'Cerrar',
  tryAgain: 'Intentar de nuevo',
  loading: 'Cargando…',
  loadMore: 'Cargar más',
  search: 'Buscar',
  nobody: 'Nadie',
}
