import { Button, Group } from '@mantine/core'
import type { ComponentType } from 'react'
import { Link, useParams, useSearchParams } from 'wouter'
import { Screen } from '../parts/screen.tsx'
import '../pipelines/card.css'
import { useWords } from '../words/words.ts'
import { Activity } from './activity.tsx'
import { FilterBar } from './filter-bar.tsx'
import { Funnel } from './funnel.tsx'
import { Outcomes, Sources } from './outcomes.tsx'

const kinds = { funnel: Funnel, outcomes: Outcomes, sources: Sources, activity: Activity } satisfies Record<
  string,
  ComponentType
>
type Kind = keyof typeof kinds
const names = Object.keys(kinds) as Kind[]

export default function Reports() {
  const { reports } = useWords()
  const { report } = useParams<{ report?: string }>()
  const here = names.find((each) => each === report) ?? 'funnel'
  const Shown = kinds[here]
  return (
    <Screen title={reports.title}>
      <KindLinks here={here} />
      <FilterBar hasWhose={here !== 'activity'} needsPipeline={here === 'funnel'} />
      <Shown />
    </Screen>
  )
}

function KindLinks({ here }: { here: Kind }) {
  const { reports } = useWords()
  const [search] = useSearchParams()
  return (
    <Group component="nav" gap={2} mb="sm" aria-label={reports.choose}>
      {names.map((kind) => (
        <Button
          key={kind}
          component={Link}
          href={`/reports/${kind}${search.size > 0 ? `?${search}` : ''}`}
          variant={kind === here ? 'light' : 'subtle'}
          color={kind === here ? undefined : 'gray'}
          aria-current={kind === here ? 'page' : undefined}
          px="sm"
        >
          {reports.kinds[kind]}
        </Button>
      ))}
    </Group>
  )
}
