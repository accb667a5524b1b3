import { type RefObject, useEffect, useState } from 'react'
import { useWords } from '../words/words.ts'
import type { Sum } from './column.tsx'
import type { Stage } from './moving/moving.tsx'
import { StageDot } from './moving/stage-dot.tsx'

type Wanted = { stages: Stage[]; sumOf: Map<number, Sum>; row: RefObject<HTMLElement | null> }

/** On a phone: which stage is in sight, and a way to each. It follows a swipe. */
export function StageTabs({ stages, sumOf, row }: Wanted) {
  const { pipelines } = useWords()
  const [at, setAt] = useState(0)
  useEffect(() => {
    const columns = row.current!
    const follow = () => setAt(Math.round(columns.scrollLeft / columns.clientWidth))
    columns.addEventListener('scroll', follow, { passive: true })
    return () => columns.removeEventListener('scroll', follow)
  }, [row])
  const show = (index: number) => row.current!.scrollTo({ left: index * row.current!.clientWidth })
  return (
    <nav className="board-tabs" aria-label={pipelines.stages}>
      {stages.map((stage, index) => (
        <button
          key={stage.id}
          type="button"
          aria-current={index === at || undefined}
          ref={(node) => {
            if (index === at) node?.scrollIntoView({ block: 'nearest', inline: 'center' })
          }}
          onClick={() => show(index)}
        >
          <StageDot stage={stage} size={8} />
          {stage.name}
          <span>{sumOf.get(stage.id)?.leads ?? ''}</span>
        </button>
      ))}
    </nav>
  )
}
