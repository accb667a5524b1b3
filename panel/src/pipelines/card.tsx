import { useDraggable } from '@dnd-kit/core'
import { EllipsisVertical, MessageCircle } from 'lucide-react'
import { memo } from 'react'
import { Link } from 'wouter'
import { useCan } from '../api/session.ts'
import type { CustomField } from '../leads/field-text.ts'
import { OwnerMark } from '../leads/owner-mark.tsx'
import type { Lead } from '../leads/pages.ts'
import { useFormat } from '../parts/format.ts'
import { useWords } from '../words/words.ts'
import { CardFields } from './card-fields.tsx'
import { CardTask } from './card-task.tsx'
import { useMoves } from './moving/moving.tsx'

type Shown = { lead: Lead; fields: CustomField[] }

/** Plain elements, for there are many: a finger or the mouse takes it anywhere, the keyboard by its name. */
export const BoardCard = memo(function BoardCard({ lead, fields }: Shown) {
  const mayMove = useCan('leads:write')
  const {
    setNodeRef,
    setActivatorNodeRef,
    listeners = {},
    isDragging,
    attributes,
  } = useDraggable({
    id: lead.id,
    data: { lead },
    disabled: !mayMove,
  })
  const { onKeyDown, ...byHand } = listeners
  return (
    <article className="board-card" ref={setNodeRef} data-dragging={isDragging || undefined} {...byHand}>
      <CardFace
        lead={lead}
        fields={fields}
        link={{
          ref: setActivatorNodeRef,
          onKeyDown: onKeyDown as never,
          'aria-describedby': mayMove ? attributes['aria-describedby'] : undefined,
        }}
      />
    </article>
  )
})

type LinkParts = {
  ref?: (node: HTMLElement | null) => void
  onKeyDown?: never
  'aria-describedby'?: string
}

export function CardFace({ lead, fields, link = {} }: Shown & { link?: LinkParts }) {
  const { roundMoney } = useFormat()
  return (
    <>
      <div className="board-card-top">
        <Link href={`/leads/${lead.id}`} draggable={false} title={lead.name} {...link}>
          {lead.name}
        </Link>
        <Unread lead={lead} />
        <MoveButton lead={lead} />
      </div>
      <div className="board-card-line">
        <strong>{roundMoney(lead.value)}</strong>
        <span title={lead.company ?? undefined}>{lead.company}</span>
        <Standing lead={lead} />
      </div>
      <CardFields lead={lead} fields={fields} />
      <div className="board-card-tags">
        {lead.source && <span className="board-card-source">{lead.source}</span>}
        <Tags tags={lead.tags} />
      </div>
      <div className="board-card-line board-card-foot">
        <CardTask lead={lead} />
        <OwnerMark owner={lead.owner} />
      </div>
    </>
  )
}

function MoveButton({ lead }: { lead: Lead }) {
  const { pipelines } = useWords()
  const { choose } = useMoves()
  if (!useCan('leads:write')) return null
  return (
    <button
      type="button"
      className="board-card-move"
      aria-label={pipelines.moveTitle(lead.name)}
      onClick={() => choose(lead)}
    >
      <EllipsisVertical size={16} aria-hidden />
    </button>
  )
}

const shownTags = 2

function Tags({ tags }: { tags: string[] }) {
  const hidden = tags.slice(shownTags)
  return (
    <>
      {tags.slice(0, shownTags).map((tag) => (
        <span key={tag} className="tag" title={tag}>
          {tag}
        </span>
      ))}
      {hidden.length > 0 && (
        <span className="tag" title={hidden.join(', ')}>
          +{hidden.length}
        </span>
      )}
    </>
  )
}

function Standing({ lead }: { lead: Lead }) {
  const { pipelines } = useWords()
  const days = Math.floor((Date.now() - Date.parse(lead.stage_changed_at)) / 86_400_000)
  return (
    <span className="board-card-days" title={pipelines.inStage(days)}>
      <span aria-hidden>{pipelines.daysShort(days)}</span>
      <span className="only-heard">{pipelines.inStage(days)}</span>
    </span>
  )
}

type Talking = { conversation?: { unread_count: number } | null }

function Unread({ lead }: { lead: Lead }) {
  const { pipelines } = useWords()
  const unread = (lead as Talking).conversation?.unread_count ?? 0
  if (unread === 0) return null
  return (
    <span className="board-card-unread" title={pipelines.unread(unread)}>
      <MessageCircle size={12} aria-hidden />
      <span aria-hidden>{unread}</span>
      <span className="only-heard">{pipelines.unread(unread)}</span>
    </span>
  )
}
