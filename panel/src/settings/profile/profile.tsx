import { Divider, SegmentedControl, Select, Stack, Text, Title, useMantineColorScheme } from '@mantine/core'
import { useChange } from '../../api/change.tsx'
import { useSpeak } from '../../words/in-words.tsx'
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

const themes = ['light', 'dark', 'auto'] as const

/** Language and appearance, at once, and kept with the person. */
function Looks() {
  const { shell, locale, settings } = useWords()
  const speak = useSpeak()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const keep = useChange('PUT /session/preferences')
  return (
    <Stack>
      <Title order={2}>{settings.access.looks}</Title>
      <Select
        label={shell.language}
        data={locales.map((each) => ({ value: each, label: shell.languages[each] }))}
        value={locale}
        allowDeselect={false}
        onChange={(chosen) => {
          speak(chosen as Locale)
          keep.mutate({ body: { locale: chosen as Locale } })
        }}
      />
      <div>
        <Text size="sm" fw={500} mb={4} id="theme">
          {shell.theme}
        </Text>
        <SegmentedControl
          aria-labelledby="theme"
          data={themes.map((theme) => ({ value: theme, label: shell[theme] }))}
          value={colorScheme}
          onChange={(theme) => {
            setColorScheme(theme as (typeof themes)[number])
            keep.mutate({ body: { theme: theme as (typeof themes)[number] } })
          }}
        />
      </div>
    </Stack>
  )
}
