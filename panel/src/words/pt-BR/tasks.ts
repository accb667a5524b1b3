export const tasks = {
  title: 'Tarefas',
  none: 'Nenhuma tarefa pendente',
}
