import {
  type CollisionDetection,
  closestCenter,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  KeyboardCode,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { type ReactNode, useMemo, useState } from 'react'
import type { CustomField } from '../leads/field-text.ts'
import type { Lead } from '../leads/pages.ts'
import { useWords } from '../words/words.ts'
import { CardFace } from './card.tsx'
import { type Stage, useMoves } from './moving/moving.tsx'

type Wanted = { stages: Stage[]; fields: CustomField[]; isOff: boolean; children: ReactNode }

/** Cards can be taken to another column by mouse, by finger, and by keyboard: space, arrows, space. */
export function Dragging({ stages, fields, isOff, children }: Wanted) {
  const { move } = useMoves()
  const [held, hold] = useState<Lead | null>(null)
  const accessibility = useAnnouncements(stages)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
    useSensor(KeyboardSensor, { keyboardCodes, coordinateGetter: toNextColumn }),
  )
  function drop({ active, over }: DragEndEvent) {
    hold(null)
    const to = over?.data.current?.stage as Stage | undefined
    if (to) move(active.data.current!.lead as Lead, to)
  }
  return (
    <DndContext
      sensors={isOff ? [] : sensors}
      collisionDetection={underPointer}
      accessibility={accessibility}
      onDragStart={({ active }) => hold(active.data.current!.lead as Lead)}
      onDragCancel={() => hold(null)}
      onDragEnd={drop}
    >
      {children}
      <DragOverlay dropAnimation={null}>
        {held && (
          <article className="board-card board-held">
            <CardFace lead={held} fields={fields} />
          </article>
        )}
      </DragOverlay>
    </DndContext>
  )
}

// Enter opens the lead.
const keyboardCodes = {
  start: [KeyboardCode.Space],
  cancel: [KeyboardCode.Esc],
  end: [KeyboardCode.Space, KeyboardCode.Enter],
}

const underPointer: CollisionDetection = (wanted) =>
  wanted.pointerCoordinates ? pointerWithin(wanted) : closestCenter(wanted)

const belowHead = 48

/** An arrow goes a whole column to the side. */
const toNextColumn: KeyboardCoordinateGetter = (
  event,
  { context: { droppableRects, over }, currentCoordinates },
) => {
  const step = event.code === KeyboardCode.Right ? 1 : event.code === KeyboardCode.Left ? -1 : 0
  if (step === 0) return
  event.preventDefault()
  const columns = [...droppableRects].sort(([, a], [, b]) => a.left - b.left)
  const at = columns.findIndex(([id]) => id === over?.id)
  const next = columns[Math.min(Math.max(at + step, 0), columns.length - 1)]
  return next ? { x: next[1].left, y: next[1].top + belowHead } : currentCoordinates
}

function useAnnouncements(stages: Stage[]) {
  const { pipelines } = useWords()
  return useMemo(() => {
    const stageOf = (over: { id: string | number } | null) => stages.find(({ id }) => id === over?.id)?.name
    const nameOf = (active: { data: { current?: { lead?: Lead } } }) => active.data.current?.lead?.name ?? ''
    return {
      screenReaderInstructions: { draggable: pipelines.dragHelp },
      announcements: {
        onDragStart: ({ active }) => pipelines.dragStart(nameOf(active as never)),
        onDragOver: ({ over }) => pipelines.dragOver(stageOf(over) ?? ''),
        onDragEnd: ({ active, over }) => pipelines.dragEnd(nameOf(active as never), stageOf(over) ?? ''),
        onDragCancel: () => pipelines.dragCancel,
      },
    } satisfies Parameters<typeof DndContext>[0]['accessibility']
  }, [stages, pipelines])
}
