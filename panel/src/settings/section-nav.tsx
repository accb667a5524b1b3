import { Box, NavLink, Text } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { useWords } from '../words/words.ts'
import { useOpenGroups } from './use-open-groups.ts'

/** The sections beside the one that is open; on a phone the list of all is a page of its own. */
export function SectionNav() {
  const { settings } = useWords()
  const [location] = useLocation()
  return (
    <Box component="nav" aria-label={settings.title} className="settings-nav" visibleFrom="md">
      {useOpenGroups().map(({ name, sections }) => (
        <Box key={name} mb="sm">
          <Text size="xs" fw={600} c="dimmed" px="xs" mb={2}>
            {settings.groups[name]}
          </Text>
          {sections.map((section) => {
            const href = `/settings/${section.path}`
            const isHere = location === href || location.startsWith(`${href}/`)
            return (
              <NavLink
                key={section.name}
                component={Link}
                href={href}
                label={settings.sections[section.name]}
                active={isHere}
                aria-current={isHere ? 'page' : undefined}
                px="xs"
                py={5}
                style={{ borderRadius: 'var(--mantine-radius-md)' }}
              />
            )
          })}
        </Box>
      ))}
    </Box>
  )
}
