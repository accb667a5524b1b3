import { Anchor, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'

/** A list of things: each a name, what there is to know about it, and what can be done with it. */
export const Rows = ({ label, children }: { label: string; children: ReactNode }) => (
  <ul className="settings-rows" aria-label={label}>
    {children}
  </ul>
)

type Wanted = {
  icon?: ReactNode
  title: string
  href?: string
  isOff?: boolean
  badges?: ReactNode
  detail?: ReactNode
  children?: ReactNode
}

export const Row = ({ icon, title, href, isOff = false, badges, detail, children }: Wanted) => (
  <li className="settings-row">
    {icon && <span className="settings-row-icon">{icon}</span>}
    <div className="settings-row-main">
      <Group gap="xs" wrap="wrap" style={{ rowGap: 2 }}>
        {href ? (
          <Anchor component={Link} href={href} fw={500} c="inherit" className="settings-row-title">
            {title}
          </Anchor>
        ) : (
          <Text fw={500} className="settings-row-title" c={isOff ? 'dimmed' : undefined}>
            {title}
          </Text>
        )}
        {badges}
      </Group>
      {detail && (
        <Text size="sm" c="dimmed" component="div">
          {detail}
        </Text>
      )}
    </div>
    {children && (
      <Group gap={4} wrap="nowrap" className="settings-row-actions">
        {children}
      </Group>
    )}
  </li>
)
