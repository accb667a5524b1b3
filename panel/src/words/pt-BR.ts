import { common } from './pt-BR/common.ts'
import { conversations } from './pt-BR/conversations.ts'
import { failures } from './pt-BR/failures.ts'
import { leads } from './pt-BR/leads.ts'
import { pipelines } from './pt-BR/pipelines.ts'
import { reasons } from './pt-BR/reasons.ts'
import { reports } from './pt-BR/reports.ts'
import { settings } from './pt-BR/settings.ts'
import { shell } from './pt-BR/shell.ts'
import { signIn } from './pt-BR/sign-in.ts'
import { start } from './pt-BR/start.ts'
import { tasks } from './pt-BR/tasks.ts'

export const ptBR = {
  common,
  conversations,
  failures,
  leads,
  pipelines,
  reasons,
  reports,
  settings,
  shell,
  signIn,
  start,
  tasks,
}
