import { late } from './parts/late.tsx'

/** One line for each screen; its code is fetched when somebody goes there. */
export const screens = {
  board: late(() => import('./pipelines/board.tsx')),
  leads: late(() => import('./leads/list.tsx')),
  lead: late(() => import('./leads/lead.tsx')),
  inbox: late(() => import('./conversations/inbox.tsx')),
  tasks: late(() => import('./tasks/list.tsx')),
  reports: late(() => import('./reports/reports.tsx')),
  settings: late(() => import('./settings/settings.tsx')),
  start: late(() => import('./start/start.tsx')),
  'sign-in': late(() => import('./sign-in/sign-in.tsx')),
}

/** Fetches the code of the screen at this address: before it is known who asks for it, or while a hand moves there. */
export async function fetchScreenAt(path: string) {
  const [first = '', second] = path.split('/').slice(1)
  await codeOf(first, Boolean(second))?.fetch()
}

function codeOf(first: string, isOne: boolean) {
  if (first === '' || first === 'pipelines') return screens.board
  if (first === 'leads') return isOne ? screens.lead : screens.leads
  return Object.hasOwn(screens, first) ? screens[first as keyof typeof screens] : undefined
}
