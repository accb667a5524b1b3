import type { SectionProps } from '../sections.ts'
import { PipelineDetail } from './pipeline-detail.tsx'
import { PipelineList } from './pipeline-list.tsx'

export default function Pipelines({ id }: SectionProps) {
  return id ? <PipelineDetail key={id} id={Number(id)} /> : <PipelineList />
}
