import './settings.css'
import { useParams } from 'wouter'
import { useSession } from '../api/session.ts'
import { Notice } from '../parts/notice.tsx'
import { Screen } from '../parts/screen.tsx'
import { NoSuchPage } from '../shell/no-such-page.tsx'
import { useWords } from '../words/words.ts'
import { Overview } from './overview.tsx'
import { SectionNav } from './section-nav.tsx'
import { groups } from './sections.ts'

export default function Settings() {
  const { settings } = useWords()
  const { permissions } = useSession()
  const { section: path, id } = useParams<{ section?: string; id?: string }>()
  if (!path)
    return (
      <Screen title={settings.title}>
        <Overview />
      </Screen>
    )
  const section = groups.flatMap(({ sections }) => sections).find((each) => each.path === path)
  if (!section) return <NoSuchPage />
  const isClosed = section.needs && !permissions.includes(section.needs)
  return (
    <div className="settings">
      <SectionNav />
      {isClosed ? (
        <Screen title={settings.sections[section.name]}>
          <Notice title={settings.closedTitle} text={settings.closedHelp} />
        </Screen>
      ) : (
        <section.shows key={path} id={id} />
      )}
    </div>
  )
}
