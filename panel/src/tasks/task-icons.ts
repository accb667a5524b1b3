import { CheckSquare, type LucideIcon, Mail, MapPin, MessageCircle, Phone, Users } from 'lucide-react'

export const taskIcons: Record<'call' | 'email' | 'task' | 'visit' | 'whatsapp' | 'meeting', LucideIcon> = {
  call: Phone,
  email: Mail,
  task: CheckSquare,
  visit: MapPin,
  whatsapp: MessageCircle,
  meeting: Users,
}
