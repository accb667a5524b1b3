import { useState } from 'react'
import { useCan } from '../../api/session.ts'
import { useWords } from '../../words/words.ts'
import { type Conversation, useInstance } from '../talk.ts'
import { Hindered, useHindrance } from './hindrance.tsx'
import { TemplatePicker } from './template-picker.tsx'
import { TextComposer } from './text-composer.tsx'
import { useWindow, WindowLine } from './window-line.tsx'

/** Where one answers; what hinders it, and what to do then, when something does. */
export function Composer({ conversation }: { conversation: Conversation }) {
  const { conversations } = useWords()
  const mayWrite = useCan('whatsapp:write')
  const instance = useInstance(conversation.instance_id)
  const hindrance = useHindrance(conversation, instance)
  const { isOpen, leftMs } = useWindow(conversation.window)
  const [isPicking, setPicking] = useState(false)
  if (!mayWrite) return <div className="composer composer-note">{conversations.readOnly}</div>
  if (hindrance) return <Hindered by={hindrance} conversation={conversation} instance={instance ?? null} />
  if (!isOpen || isPicking)
    return <TemplatePicker conversation={conversation} isOnlyWay={!isOpen} close={() => setPicking(false)} />
  return (
    <div className="composer">
      {leftMs !== null && <WindowLine leftMs={leftMs} />}
      <TextComposer
        conversation={conversation}
        pickTemplate={instance?.supports_templates ? () => setPicking(true) : undefined}
      />
    </div>
  )
}
