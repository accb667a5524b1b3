import { Divider, SegmentedControl, Select, Stack, Text, Title } from '@mantine/core'
import { themes, useLooks } from '../../parts/looks.ts'
import { type Locale, locales, useWords } from '../../words/words.ts'
import { Section } from '../parts/section.tsx'
import { NameForm } from './name-form.tsx'
import { PasswordForm } from './password-form.tsx'

export default function Profile() {
  const { settings } = useWords()
  return (
    <Section title={settings.sections.profile}>
      <Stack maw="32rem" gap="lg">
        <NameForm />
        <Divider />
        <Looks />
        <Divider />
        <PasswordForm />
      </Stack>
    </Section>
  )
}

function Looks() {
  const { shell, settings } = useWords()
  const { locale, theme, speak, paint } = useLooks()
  return (
    <Stack>
      <Title order={2}>{settings.access.looks}</Title>
      <Select
        label={shell.language}
        data={locales.map((each) => ({ value: each, label: shell.languages[each] }))}
        value={locale}
        allowDeselect={false}
        onChange={(chosen) => speak(chosen as Locale)}
      />
      <div>
        <Text size="sm" fw={500} mb={4} id="theme">
          {shell.theme}
        </Text>
        <SegmentedControl
          aria-labelledby="theme"
          data={themes.map((each) => ({ value: each, label: shell[each] }))}
          value={theme}
          onChange={(chosen) => paint(chosen as (typeof themes)[number])}
        />
      </div>
    </Stack>
  )
}
