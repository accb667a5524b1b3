export const tasks = {
  title: 'Tarefas',
  none: 'Nenhuma tarefa pendente',
  types: {
    call: 'Ligação',
    email: 'E-mail',
    task: 'Tarefa',
    visit: 'Visita',
    whatsapp: 'WhatsApp',
    meeting: 'Reunião',
  },
}
