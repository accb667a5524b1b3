export const common = {
  undo: 'Desfazer',
  clear: 'Limpar',
  cancel: 'Cancelar',
  save: 'Salvar',
  close: 'Fechar',
  tryAgain: 'Tentar de novo',
  loading: 'Carregando…',
  loadMore: 'Carregar mais',
  search: 'Buscar',
  nobody: 'Ninguém',
}
