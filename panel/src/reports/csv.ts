import type { Column, Row } from './report-table.tsx'

/** As a spreadsheet reads it; a cell never begins like a formula. */
export function downloadCsv(title: string, columns: Column[], rows: Row[]) {
  const lines = [columns.map(({ label }) => label), ...rows.map(({ cells }) => cells)]
  const text = lines.map((line) => line.map(quoted).join(',')).join('\r\n')
  const address = URL.createObjectURL(new Blob([`\ufeff${text}\r\n`], { type: 'text/csv' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `${title}.csv`
  link.click()
  URL.revokeObjectURL(address)
}

function quoted(cell: string | number | null | undefined) {
  if (typeof cell !== 'string') return String(cell ?? '')
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return `"${safe.replaceAll('"', '""')}"`
}
