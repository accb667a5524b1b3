import { type ComponentType, createElement } from 'react'
import { late } from './parts/late.tsx'
import { Waiting } from './parts/waiting.tsx'

const screen = (load: () => Promise<{ default: ComponentType }>) => late(load, createElement(Waiting))

/** One line for each screen; its code is fetched when somebody goes there. */
export const screens = {
  board: screen(() => import('./pipelines/board.tsx')),
  leads: screen(() => import('./leads/list.tsx')),
  lead: screen(() => import('./leads/lead.tsx')),
  inbox: screen(() => import('./conversations/inbox.tsx')),
  tasks: screen(() => import('./tasks/list.tsx')),
  reports: screen(() => import('./reports/reports.tsx')),
  settings: screen(() => import('./settings/settings.tsx')),
  start: screen(() => import('./start/start.tsx')),
  'sign-in': screen(() => import('./sign-in/sign-in.tsx')),
}

/** Fetches the code of the screen at this address: before it is known who asks for it, or while a hand moves there. */
export async function fetchScreenAt(path: string) {
  const [first = '', second] = path.split('/').slice(1)
  await codeOf(first, Boolean(second))?.fetch()
}

function codeOf(first: string, isOne: boolean) {
  if (first === '' || first === 'pipelines') return screens.board
  if (first === 'leads') return isOne ? screens.lead : screens.leads
  return first in screens ? screens[first as keyof typeof screens] : undefined
}
