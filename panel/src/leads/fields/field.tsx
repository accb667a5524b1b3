import { type ReactNode, useRef, useState } from 'react'
import { type ApiFailure, inWords } from '../../api/failure.ts'
import { useWords } from '../../words/words.ts'
import { FieldInput, type Kind } from './field-input.tsx'

type Wanted = {
  label: string
  kind: Kind
  options?: { value: string; label: string }[]
  value: unknown
  /** As it is read; nothing when it is empty. */
  text: ReactNode
  /** Undefined when this person may only read. */
  save?: (value: unknown) => Promise<unknown>
}

/** A field that is edited where it is read: a click, or Enter, then Enter to keep and Escape to leave it. */
export function Field({ label, kind, options, value, text, save }: Wanted) {
  const words = useWords()
  const [draft, setDraft] = useState<{ value: unknown; problem: string } | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  const { leads } = words

  // Closed at once, and open again with what was written should the server refuse it.
  async function keep(written: unknown) {
    leave()
    if (JSON.stringify(written) === JSON.stringify(value)) return
    const refusal = await save!(written).then(
      () => null,
      (failure: ApiFailure) => failure,
    )
    if (refusal) setDraft({ value: written, problem: inWords(refusal, words) })
  }
  function leave() {
    setDraft(null)
    // Back to where one came from, unless one is elsewhere already.
    requestAnimationFrame(() => document.activeElement === document.body && button.current?.focus())
  }

  return (
    <div className="field">
      <span className="field-label">{label}</span>
      {draft ? (
        <FieldInput {...{ label, kind, options, ...draft }} keep={keep} leave={leave} />
      ) : save ? (
        <button
          ref={button}
          type="button"
          className="field-value"
          data-empty={!text || undefined}
          aria-label={`${leads.edit(label)}: ${typeof text === 'string' && text ? text : leads.empty}`}
          onClick={() => setDraft({ value, problem: '' })}
        >
          {text || leads.empty}
        </button>
      ) : (
        <span className="field-value" data-empty={!text || undefined}>
          {text || leads.empty}
        </span>
      )}
    </div>
  )
}
