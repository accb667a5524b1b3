import { Link } from 'wouter'
import { useFormat } from '../parts/format.ts'
import { CardTask } from '../pipelines/card-task.tsx'
import { useWords } from '../words/words.ts'
import type { Lead } from './pages.ts'

type Wanted = { lead: Lead | undefined; row: number; height: number }
const columns = 7

export function LeadRow({ lead, row, height }: Wanted) {
  const { leads } = useWords()
  const { money, phone, dayInFigures } = useFormat()
  if (!lead)
    return (
      <tr style={{ height }} aria-rowindex={row}>
        <td colSpan={columns}>
          <span className="list-ghost" />
        </td>
      </tr>
    )
  return (
    <tr style={{ height }} aria-rowindex={row}>
      <td data-part="name">
        <Link href={`/leads/${lead.id}`}>{lead.name}</Link>
        {lead.tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
      </td>
      <td data-part="phone">{lead.phone && phone(lead.phone)}</td>
      <td data-part="stage" title={`${lead.pipeline.name} · ${lead.stage.name}`}>
        {lead.stage.name}
        {lead.status !== 'open' && <span className="tag">{leads.isStatus[lead.status]}</span>}
      </td>
      <td data-part="value">{money(lead.value)}</td>
      <td data-part="owner">{lead.owner?.name ?? <i>{leads.noOwner}</i>}</td>
      <td data-part="task">
        <CardTask lead={lead} />
      </td>
      <td data-part="created">{dayInFigures(lead.created_at)}</td>
    </tr>
  )
}
