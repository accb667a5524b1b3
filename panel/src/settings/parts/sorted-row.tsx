import { Anchor, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'wouter'

type Wanted = {
  grip: ReactNode
  icon?: ReactNode
  title: string
  href?: string
  badges?: ReactNode
  detail?: ReactNode
  children?: ReactNode
}

/** A row that can be taken elsewhere by its grip. */
export const SortedRow = ({ grip, icon, title, href, badges, detail, children }: Wanted) => (
  <div className="settings-row settings-row-sorted">
    {grip}
    {icon}
    <div className="settings-row-main">
      <Group gap="xs" style={{ rowGap: 2 }}>
        {href ? (
          <Anchor component={Link} href={href} fw={500} c="inherit" className="settings-row-title">
            {title}
          </Anchor>
        ) : (
          <Text fw={500} className="settings-row-title">
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
  </div>
)
