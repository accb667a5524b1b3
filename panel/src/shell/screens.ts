import {
  BarChart3,
  CheckSquare,
  Columns3,
  type LucideIcon,
  MessageCircle,
  Settings,
  Users,
} from 'lucide-react'
import type { Permission } from '../api/session.ts'
import type { Dictionary } from '../words/words.ts'

type ScreenName = 'board' | 'leads' | 'inbox' | 'tasks' | 'reports' | 'settings'
export type ScreenLink = {
  name: ScreenName & keyof Dictionary['shell']
  path: string
  /** After `g`. */
  letter: string
  icon: LucideIcon
  needs: Permission
}

/** Where one can go from anywhere: the navigation, the palette and the shortcuts are made of this. */
export const screens: ScreenLink[] = [
  { name: 'board', path: '/', letter: 'f', icon: Columns3, needs: 'leads:read' },
  { name: 'leads', path: '/leads', letter: 'l', icon: Users, needs: 'leads:read' },
  { name: 'inbox', path: '/inbox', letter: 'c', icon: MessageCircle, needs: 'whatsapp:read' },
  { name: 'tasks', path: '/tasks', letter: 't', icon: CheckSquare, needs: 'tasks:read' },
  { name: 'reports', path: '/reports', letter: 'r', icon: BarChart3, needs: 'reports:read' },
  { name: 'settings', path: '/settings', letter: 's', icon: Settings, needs: 'users:read' },
]

export const isAt = (location: string, { path }: ScreenLink) =>
  path === '/' ? location === '/' || location.startsWith('/pipelines') : location.startsWith(path)
