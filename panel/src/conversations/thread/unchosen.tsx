import { Notice } from '../../parts/notice.tsx'
import { useWords } from '../../words/words.ts'

export function Unchosen() {
  const { conversations } = useWords()
  return (
    <div className="inbox-unchosen">
      <Notice title={conversations.choose} text={conversations.chooseHelp} />
    </div>
  )
}
