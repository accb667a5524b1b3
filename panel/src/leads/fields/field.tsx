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
  const [isOpen, setOpen] = useState(false)
  const [problem, setProblem] = useState('')
  const button = useRef<HTMLButtonElement>(null)
  const { leads } = words

  async function keep(written: unknown) {
    if (JSON.stringify(written) !== JSON.stringify(value)) {
      const error = await save!(written).then(
        () => null,
        (failure: ApiFailure) => failure,
      )
      if (error) return setProblem(inWords(error, words))
    }
    leave()
  }
  function leave() {
    setOpen(false)
    setProblem('')
    requestAnimationFrame(() => button.current?.focus())
  }

  return (
    <div className="field">
      <span className="field-label">{label}</span>
      {isOpen ? (
        <FieldInput {...{ label, kind, options, value, problem }} keep={keep} leave={leave} />
      ) : save ? (
        <button
          ref={button}
          type="button"
          className="field-value"
          data-empty={!text || undefined}
          aria-label={`${leads.edit(label)}: ${typeof text === 'string' && text ? text : leads.empty}`}
          onClick={() => setOpen(true)}
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
