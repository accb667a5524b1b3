import { ScrollArea, Table } from '@mantine/core'
import { useFormat } from '../parts/format.ts'

export type Kind = 'text' | 'number' | 'money' | 'percent' | 'days'
export type Column = { label: string; kind: Kind }
type Cell = string | number | null
/** Its key, and what stands in each column. */
export type Row = { key: string; cells: Cell[] }

export function ReportTable({ title, columns, rows }: { title: string; columns: Column[]; rows: Row[] }) {
  const inWords = useCellText()
  const side = (kind: Kind) => (kind === 'text' ? 'left' : 'right')
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': title }}>
      <Table striped withRowBorders={false} style={{ fontVariantNumeric: 'tabular-nums' }}>
        <Table.Caption className="only-heard">{title}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ label, kind }) => (
              <Table.Th key={label} ta={side(kind)} style={{ whiteSpace: 'nowrap' }}>
                {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ key, cells }) => (
            <Table.Tr key={key}>
              {columns.map(({ label, kind }, at) => (
                <Table.Td key={label} ta={side(kind)}>
                  {inWords(cells[at] ?? null, kind)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}

const daySeconds = 86_400

export function useCellText() {
  const { number, money, percent } = useFormat()
  return (cell: Cell, kind: Kind) => {
    if (cell === null) return '–'
    if (typeof cell === 'string') return cell
    if (kind === 'money') return money(cell)
    if (kind === 'percent') return percent(cell)
    if (kind === 'days') return `${number(Math.round((cell / daySeconds) * 10) / 10)} d`
    return number(cell)
  }
}
