import type { SectionProps } from '../sections.ts'
import { NewSequence } from './new-sequence.tsx'
import { SequenceDetail } from './sequence-detail.tsx'
import { SequenceList } from './sequence-list.tsx'

export default function Sequences({ id }: SectionProps) {
  if (!id) return <SequenceList />
  return id === 'new' ? <NewSequence /> : <SequenceDetail key={id} id={Number(id)} />
}
