import { common } from './es/common.ts'
import { conversations } from './es/conversations.ts'
import { failures } from './es/failures.ts'
import { leads } from './es/leads.ts'
import { pipelines } from './es/pipelines.ts'
import { reasons } from './es/reasons.ts'
import { reports } from './es/reports.ts'
import { settings } from './es/settings.ts'
import { shell } from './es/shell.ts'
import { signIn } from './es/sign-in.ts'
import { start } from './es/start.ts'
import { tasks } from './es/tasks.ts'

export const es = {
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
