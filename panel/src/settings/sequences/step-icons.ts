import {
  ArrowRightLeft,
  CheckSquare,
  Hourglass,
  LayoutTemplate,
  type LucideIcon,
  MessageCircle,
  Tag,
  Tags,
  Webhook,
} from 'lucide-react'
import type { StepType } from './draft.ts'

export const stepIcons: Record<StepType, LucideIcon> = {
  message: MessageCircle,
  template: LayoutTemplate,
  wait_reply: Hourglass,
  create_task: CheckSquare,
  move_stage: ArrowRightLeft,
  add_tag: Tag,
  remove_tag: Tags,
  webhook: Webhook,
}
