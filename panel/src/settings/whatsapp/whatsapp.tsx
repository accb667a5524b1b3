import type { SectionProps } from '../sections.ts'
import { NewNumber } from './new-number.tsx'
import { NumberDetail } from './number-detail.tsx'
import { NumberList } from './number-list.tsx'

export default function WhatsApp({ id }: SectionProps) {
  if (!id) return <NumberList />
  return id === 'new' ? <NewNumber /> : <NumberDetail key={id} id={Number(id)} />
}
