import { Checkbox, Input, Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../../words/words.ts'
import { resources, type Scope } from './scopes.ts'

type Wanted = { scopes: Scope[]; change: (scopes: Scope[]) => void; error?: ReactNode }

/** A line for each thing, to read and to change. */
export function ScopeGrid({ scopes, change, error }: Wanted) {
  const { access } = useWords().settings
  const toggle = (scope: Scope) =>
    change(scopes.includes(scope) ? scopes.filter((each) => each !== scope) : [...scopes, scope])
  const box = (scope: Scope, label: string) => (
    <Checkbox checked={scopes.includes(scope)} onChange={() => toggle(scope)} aria-label={label} />
  )
  return (
    <div>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{access.resource}</Table.Th>
            <Table.Th w={72}>{access.read}</Table.Th>
            <Table.Th w={72}>{access.write}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {resources.map(([name, isWritable]) => (
            <Table.Tr key={name}>
              <Table.Td>{access.resources[name]}</Table.Td>
              <Table.Td>{box(`${name}:read`, `${access.resources[name]}: ${access.read}`)}</Table.Td>
              <Table.Td>
                {isWritable && box(`${name}:write` as Scope, `${access.resources[name]}: ${access.write}`)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {error && <Input.Error>{error}</Input.Error>}
    </div>
  )
}
