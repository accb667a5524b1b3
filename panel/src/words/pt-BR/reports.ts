export const reports = {
  title: 'Relatórios',
}
