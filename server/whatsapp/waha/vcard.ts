import type { SharedContact } from '#whatsapp/provider.ts'

type Field = { name: string; parameters: string; value: string }

/** The few lines of a visiting card that a seller needs. */
export function readVcard(text: string): SharedContact {
  // A line that begins with a space continues the one before it.
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)
  const fields = lines.map(readField).filter((field) => field !== null)
  const values = (name: string) => fields.filter((field) => field.name === name).map(({ value }) => value)
  return {
    name: values('FN')[0] ?? values('N')[0]?.replaceAll(';', ' ').trim() ?? '',
    phones: values('TEL'),
    whatsapp: fields.flatMap(({ parameters }) => /waid=(\d+)/i.exec(parameters)?.[1] ?? []),
    emails: values('EMAIL'),
    company: values('ORG')[0]?.replace(/;+$/, '') || null,
  }
}

function readField(line: string): Field | null {
  const parts = /^(?:item\d+\.)?([A-Z-]+)((?:;[^:]*)?):(.+)$/i.exec(line)
  if (!parts) return null
  return { name: parts[1]!.toUpperCase(), parameters: parts[2]!, value: unescaped(parts[3]!.trim()) }
}

const unescaped = (text: string) => text.replace(/\\n/gi, '\n').replace(/\\([,;\\])/g, '$1')
