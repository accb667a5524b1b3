import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearchParams } from 'wouter'
import { look } from '../api/look.ts'
import { Screen } from '../parts/screen.tsx'
import { Moving } from '../pipelines/moving/moving.tsx'
import { useWords } from '../words/words.ts'
import { AlertsMenu } from './alerts/alerts-menu.tsx'
import { Beside, type BesideName } from './beside/beside.tsx'
import { NoNumber } from './beside/no-number.tsx'
import './inbox.css'
import { ConversationList } from './list/conversation-list.tsx'
import { InboxOnPhone } from './on-phone.tsx'
import { PhoneToggle } from './sandbox/phone-toggle.tsx'
import type { Instance } from './talk.ts'
import { ThreadHeader } from './thread/header.tsx'
import { Thread } from './thread/thread.tsx'
import { Unchosen } from './thread/unchosen.tsx'

/** Who writes on the left, what was said in the middle, who it is on the right; on a phone one after another. */
export default function Inbox() {
  const id = Number(useParams().conversation) || null
  const asked = useQuery(look('GET /whatsapp/instances'))
  const isPhone = useNarrow('62em')
  const numbers = asked.data?.data
  return (
    <Moving>
      {isPhone ? <InboxOnPhone id={id} numbers={numbers} /> : <InboxOnDesktop id={id} numbers={numbers} />}
    </Moving>
  )
}

function InboxOnDesktop({ id, numbers }: { id: number | null; numbers: Instance[] | undefined }) {
  const { conversations } = useWords()
  const usual = useNarrow('75em') ? 'nothing' : 'lead'
  const [beside, show] = useBeside(usual)
  const sandbox = numbers?.find(({ provider }) => provider === 'sandbox')
  const shown = (beside === 'lead' && id === null) || (beside === 'phone' && !sandbox) ? 'nothing' : beside
  return (
    <Screen
      title={conversations.title}
      isFull
      beside={
        <>
          <AlertsMenu />
          {sandbox && (
            <PhoneToggle
              isShown={beside === 'phone'}
              toggle={() => show(beside === 'phone' ? usual : 'phone')}
            />
          )}
        </>
      }
    >
      <div className="inbox" data-beside={shown}>
        <ConversationList selected={id} hasNumber={numbers === undefined || numbers.length > 0} />
        <section className="inbox-thread">
          {id !== null && <ThreadHeader key={id} conversationId={id} beside={beside} show={show} />}
          {id !== null && <Thread conversationId={id} />}
          {id === null && (numbers?.length === 0 ? <NoNumber /> : <Unchosen />)}
        </section>
        {shown !== 'nothing' && <Beside name={shown} conversationId={id} sandbox={sandbox} />}
      </div>
    </Screen>
  )
}

const useNarrow = (width: string) =>
  useMediaQuery(`(max-width: ${width})`, false, { getInitialValueInEffect: false })

/** What stands on the right is in the address, too: `?beside=phone`. */
function useBeside(usual: BesideName): [BesideName, (name: BesideName) => void] {
  const [search, setSearch] = useSearchParams()
  const name = (search.get('beside') ?? usual) as BesideName
  const show = (wanted: BesideName) =>
    setSearch(
      (before) => {
        if (wanted === usual) before.delete('beside')
        else before.set('beside', wanted)
        return before
      },
      { replace: true },
    )
  return [name, show]
}
