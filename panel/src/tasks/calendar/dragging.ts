import { type DragEvent, useState } from 'react'
import type { Task } from '../../api/types.ts'

const kind = 'application/x-task'

export const draggable = (task: Task) => ({
  draggable: true,
  onDragStart: ({ dataTransfer }: DragEvent) => dataTransfer.setData(kind, JSON.stringify(task)),
})

/** The properties of an element onto which tasks are dropped. */
export function useDrop(drop: (task: Task) => void) {
  const [isOver, over] = useState(false)
  return {
    'data-over': isOver || undefined,
    onDragOver(event: DragEvent) {
      if (!event.dataTransfer.types.includes(kind)) return
      event.preventDefault()
      over(true)
    },
    onDragLeave: () => over(false),
    onDrop({ dataTransfer }: DragEvent) {
      over(false)
      const task = dataTransfer.getData(kind)
      if (task) drop(JSON.parse(task))
    },
  }
}
