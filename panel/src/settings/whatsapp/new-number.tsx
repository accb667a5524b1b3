import { SimpleGrid, Stack, Text, UnstyledButton } from '@mantine/core'
import { useSearchParams } from 'wouter'
import { useWords } from '../../words/words.ts'
import { Section } from '../parts/section.tsx'
import { CloudForm } from './cloud-form.tsx'
import { ProviderIcon } from './provider-icon.tsx'
import { SandboxButton } from './sandbox-button.tsx'
import { WahaForm } from './waha-form.tsx'

/** First which kind of number, then what that kind needs. */
export function NewNumber() {
  const { settings } = useWords()
  const words = settings.whatsapp
  const [search] = useSearchParams()
  const provider = search.get('provider')
  const isChosen = provider === 'cloud_api' || provider === 'waha'
  const from = isChosen
    ? { path: '/settings/whatsapp/new', name: words.chooseKind }
    : { path: '/settings/whatsapp', name: settings.sections.numbers }
  return (
    <Section
      title={isChosen ? words.newTitles[provider] : words.connect}
      help={isChosen ? words.newHelp[provider] : words.chooseKindHelp}
      from={from}
    >
      {provider === 'cloud_api' ? <CloudForm /> : provider === 'waha' ? <WahaForm /> : <Kinds />}
    </Section>
  )
}

function Kinds() {
  const words = useWords().settings.whatsapp
  const [, setSearch] = useSearchParams()
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        {(['cloud_api', 'waha'] as const).map((provider) => (
          <UnstyledButton key={provider} className="settings-choice" onClick={() => setSearch({ provider })}>
            <ProviderIcon provider={provider} size={24} />
            <Text fw={600} mt="xs">
              {words.kinds[provider].name}
            </Text>
            <Text size="sm" c="dimmed">
              {words.kinds[provider].about}
            </Text>
          </UnstyledButton>
        ))}
      </SimpleGrid>
      <Text size="sm" c="dimmed">
        {words.kinds.sandbox.about}
      </Text>
      <div>
        <SandboxButton />
      </div>
    </Stack>
  )
}
