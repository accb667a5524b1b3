import { useMantineColorScheme } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Spotlight } from '@mantine/spotlight'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Keyboard, Search, SunMoon, User } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useLocation } from 'wouter'
import { look } from '../api/look.ts'
import { useSession } from '../api/session.ts'
import { plain } from '../parts/plain.ts'
import { useWords } from '../words/words.ts'
import { screens } from './screens.ts'
import { showShortcuts } from './shortcuts.ts'

type Choice = { label: string; detail?: string; icon: ReactNode; run: () => void }

/** Find a lead, or go anywhere, without leaving the keyboard: Ctrl or ⌘ K. */
export function Palette() {
  const { shell } = useWords()
  const [query, setQuery] = useState('')
  const here = useScreens().filter(({ label }) => isLike(label, query))
  const actions = useActions().filter(({ label }) => isLike(label, query))
  const leads = useLeads(query)
  const groups = [
    [shell.paletteLeads, leads],
    [shell.paletteScreens, here],
    [shell.paletteActions, actions],
  ] as const
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      tagsToIgnore={[]}
      scrollable
      maxHeight={420}
      attributes={{ content: { 'aria-label': shell.palette } }}
    >
      <Spotlight.Search
        aria-label={shell.palette}
        placeholder={shell.paletteHint}
        leftSection={<Search size={18} aria-hidden />}
      />
      <Spotlight.ActionsList>
        {groups.map(([label, choices]) =>
          choices.length > 0 ? (
            <Spotlight.ActionsGroup key={label} label={label}>
              {choices.map((choice) => (
                <Spotlight.Action
                  key={`${choice.label} ${choice.detail}`}
                  label={choice.label}
                  description={choice.detail}
                  leftSection={choice.icon}
                  onClick={choice.run}
                />
              ))}
            </Spotlight.ActionsGroup>
          ) : null,
        )}
        {groups.every(([, choices]) => choices.length === 0) && (
          <Spotlight.Empty>{shell.paletteNothing}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

function useScreens(): Choice[] {
  const { shell } = useWords()
  const { permissions } = useSession()
  const [, go] = useLocation()
  return screens
    .filter(({ needs }) => permissions.includes(needs))
    .map(({ name, path, icon: Icon }) => ({
      label: shell[name],
      icon: <Icon size={18} aria-hidden />,
      run: () => go(path),
    }))
}

function useActions(): Choice[] {
  const { shell } = useWords()
  const { toggleColorScheme } = useMantineColorScheme()
  return [
    { label: shell.shortcuts, icon: <Keyboard size={18} aria-hidden />, run: showShortcuts },
    { label: shell.switchTheme, icon: <SunMoon size={18} aria-hidden />, run: toggleColorScheme },
  ]
}

function useLeads(query: string): Choice[] {
  const [, go] = useLocation()
  const [q] = useDebouncedValue(query.trim(), 150)
  const { data } = useQuery({
    ...look('GET /leads', { query: { q, per_page: 7 } }),
    enabled: q.length > 1,
    placeholderData: keepPreviousData,
  })
  if (query.trim().length < 2) return []
  return (data?.data ?? []).map(({ id, name, phone, email, company, stage }) => ({
    label: name,
    detail: [stage.name, company, phone ?? email].filter(Boolean).join(' · '),
    icon: <User size={18} aria-hidden />,
    run: () => go(`/leads/${id}`),
  }))
}

const isLike = (label: string, query: string) => plain(label).includes(plain(query.trim()))
