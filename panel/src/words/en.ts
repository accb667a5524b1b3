import { common } from './en/common.ts'
import { conversations } from './en/conversations.ts'
import { failures } from './en/failures.ts'
import { leads } from './en/leads.ts'
import { pipelines } from './en/pipelines.ts'
import { reasons } from './en/reasons.ts'
import { reports } from './en/reports.ts'
import { settings } from './en/settings.ts'
import { shell } from './en/shell.ts'
import { signIn } from './en/sign-in.ts'
import { start } from './en/start.ts'
import { tasks } from './en/tasks.ts'

export const en = {
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
