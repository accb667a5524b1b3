import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable'
import { ActionIcon } from '@mantine/core'
import { GripVertical } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWords } from '../../words/words.ts'

type Thing = { id: number | string; name: string }
type Wanted<T extends Thing> = {
  label: string
  things: T[]
  isFixed?: boolean
  /** It stands at this place now, from 0 on. */
  moved: (thing: T, place: number, order: T[]) => void
  children: (thing: T, grip: ReactNode, place: number) => ReactNode
}

/** Things in an order of their own, changed by mouse, by finger and by keyboard: space, arrows, space. */
export function SortedList<T extends Thing>({ label, things, isFixed, moved, children }: Wanted<T>) {
  const accessibility = useAnnouncements(things)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 150, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  function drop({ active, over }: DragEndEvent) {
    const from = things.findIndex(({ id }) => id === active.id)
    const to = things.findIndex(({ id }) => id === over?.id)
    if (to >= 0 && from !== to) moved(things[from]!, to, arrayMove(things, from, to))
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      accessibility={accessibility}
      onDragEnd={drop}
    >
      <SortableContext items={things.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
        <ol className="settings-rows" aria-label={label}>
          {things.map((thing, place) => (
            <Sorted key={thing.id} thing={thing} isFixed={isFixed || things.length < 2}>
              {(grip) => children(thing, grip, place)}
            </Sorted>
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  )
}

type One = { thing: Thing; isFixed: boolean; children: (grip: ReactNode) => ReactNode }

function Sorted({ thing, isFixed, children }: One) {
  const { settings } = useWords()
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } =
    useSortable({ id: thing.id, disabled: isFixed })
  const grip = isFixed ? null : (
    <ActionIcon
      ref={setActivatorNodeRef}
      variant="subtle"
      color="gray"
      className="settings-grip"
      {...attributes}
      {...listeners}
      aria-label={settings.moveIt(thing.name)}
    >
      <GripVertical size={16} aria-hidden />
    </ActionIcon>
  )
  const style = {
    transform: transform ? `translate3d(0, ${Math.round(transform.y)}px, 0)` : undefined,
    transition,
  }
  return (
    <li ref={setNodeRef} style={style} className={isDragging ? 'settings-held' : undefined}>
      {children(grip)}
    </li>
  )
}

function useAnnouncements(things: Thing[]) {
  const { settings } = useWords()
  const nameOf = (one: { id: number | string } | null) => things.find(({ id }) => id === one?.id)?.name ?? ''
  const placeOf = (one: { id: number | string } | null) => things.findIndex(({ id }) => id === one?.id) + 1
  return {
    screenReaderInstructions: { draggable: settings.moveHelp },
    announcements: {
      onDragStart: ({ active }) => settings.moveStart(nameOf(active)),
      onDragOver: ({ over }) => settings.moveOver(placeOf(over), things.length),
      onDragEnd: ({ active, over }) => settings.moveEnd(nameOf(active), placeOf(over)),
      onDragCancel: () => settings.moveCancel,
    },
  } satisfies Parameters<typeof DndContext>[0]['accessibility']
}
