import { SimpleGrid, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import { useWords } from '../words/words.ts'
import { useOpenGroups } from './use-open-groups.ts'

/** All sections, each with what it is for. */
export function Overview() {
  const { settings } = useWords()
  return useOpenGroups().map(({ name, sections }) => (
    <section key={name}>
      <Title order={2} mb="xs" mt="md" size="h3" c="dimmed">
        {settings.groups[name]}
      </Title>
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }} spacing="xs">
        {sections.map((section) => (
          <Link key={section.name} href={`/settings/${section.path}`} className="settings-card">
            <section.icon size={20} strokeWidth={1.75} aria-hidden />
            <span>
              <Text fw={500} component="span" display="block">
                {settings.sections[section.name]}
              </Text>
              <Text size="sm" c="dimmed" component="span" display="block">
                {settings.about[section.name]}
              </Text>
            </span>
          </Link>
        ))}
      </SimpleGrid>
    </section>
  ))
}
