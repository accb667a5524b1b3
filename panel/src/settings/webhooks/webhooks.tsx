import type { SectionProps } from '../sections.ts'
import { WebhookDetail } from './webhook-detail.tsx'
import { WebhookList } from './webhook-list.tsx'

export default function Webhooks({ id }: SectionProps) {
  return id ? <WebhookDetail key={id} id={Number(id)} /> : <WebhookList />
}
