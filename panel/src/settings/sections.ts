import {
  Activity,
  Building2,
  CircleUserRound,
  Gauge,
  GitBranch,
  KeyRound,
  LayoutTemplate,
  type LucideIcon,
  MessageCircle,
  Repeat,
  SlidersHorizontal,
  Tags,
  ThumbsDown,
  Users,
  Webhook,
} from 'lucide-react'
import type { ComponentType } from 'react'
import type { Permission } from '../api/session.ts'
import { late } from '../parts/late.tsx'
import type { Words } from '../words/words.ts'

export type SectionProps = { id?: string }
type SettingsSection = {
  name: keyof Words['settings']['sections']
  path: string
  icon: LucideIcon
  /** Who may look; nothing: everybody. */
  needs?: Permission
  shows: ComponentType<SectionProps>
}
type Group = { name: keyof Words['settings']['groups']; sections: SettingsSection[] }

/** Every section of the settings, in the order in which they stand; each is loaded when somebody opens it. */
export const groups: Group[] = [
  {
    name: 'sales',
    sections: [
      {
        name: 'pipelines',
        path: 'pipelines',
        icon: GitBranch,
        needs: 'pipelines:read',
        shows: late(() => import('./pipelines/pipelines.tsx')),
      },
      {
        name: 'fields',
        path: 'fields',
        icon: SlidersHorizontal,
        needs: 'custom_fields:read',
        shows: late(() => import('./fields/fields.tsx')),
      },
      {
        name: 'reasons',
        path: 'lost-reasons',
        icon: ThumbsDown,
        needs: 'pipelines:read',
        shows: late(() => import('./reasons/reasons.tsx')),
      },
      {
        name: 'tags',
        path: 'tags',
        icon: Tags,
        needs: 'leads:read',
        shows: late(() => import('./tags/tags.tsx')),
      },
    ],
  },
  {
    name: 'whatsapp',
    sections: [
      {
        name: 'numbers',
        path: 'whatsapp',
        icon: MessageCircle,
        needs: 'whatsapp:read',
        shows: late(() => import('./whatsapp/whatsapp.tsx')),
      },
      {
        name: 'templates',
        path: 'templates',
        icon: LayoutTemplate,
        needs: 'whatsapp:read',
        shows: late(() => import('./templates/templates.tsx')),
      },
      {
        name: 'sequences',
        path: 'sequences',
        icon: Repeat,
        needs: 'sequences:read',
        shows: late(() => import('./sequences/sequences.tsx')),
      },
    ],
  },
  {
    name: 'company',
    sections: [
      {
        name: 'company',
        path: 'company',
        icon: Building2,
        needs: 'users:read',
        shows: late(() => import('./company/company.tsx')),
      },
      {
        name: 'people',
        path: 'people',
        icon: Users,
        needs: 'users:read',
        shows: late(() => import('./people/people.tsx')),
      },
      {
        name: 'plan',
        path: 'plan',
        icon: Gauge,
        needs: 'users:read',
        shows: late(() => import('./plan/plan.tsx')),
      },
    ],
  },
  {
    name: 'integrations',
    sections: [
      {
        name: 'keys',
        path: 'api-keys',
        icon: KeyRound,
        needs: 'admin',
        shows: late(() => import('./keys/keys.tsx')),
      },
      {
        name: 'webhooks',
        path: 'webhooks',
        icon: Webhook,
        needs: 'webhooks:read',
        shows: late(() => import('./webhooks/webhooks.tsx')),
      },
      {
        name: 'log',
        path: 'log',
        icon: Activity,
        needs: 'events:read',
        shows: late(() => import('./log/log.tsx')),
      },
    ],
  },
  {
    name: 'you',
    sections: [
      {
        name: 'profile',
        path: 'profile',
        icon: CircleUserRound,
        shows: late(() => import('./profile/profile.tsx')),
      },
    ],
  },
]
