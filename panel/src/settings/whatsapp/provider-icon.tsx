import { BadgeCheck, FlaskConical, QrCode } from 'lucide-react'
import type { WhatsAppInstance } from '../../api/types.ts'

const icons = { cloud_api: BadgeCheck, waha: QrCode, sandbox: FlaskConical }

export function ProviderIcon({
  provider,
  size = 20,
}: {
  provider: WhatsAppInstance['provider']
  size?: number
}) {
  const Icon = icons[provider]
  return <Icon size={size} strokeWidth={1.75} aria-hidden />
}
