import { type ComponentType, type ReactNode, useEffect, useState } from 'react'
import { Waiting } from './waiting.tsx'

/** What comes later, shown like any other; `fetch` has it come before it is shown. */
export type Late<P extends object> = ComponentType<P> & { fetch: () => Promise<void> }

/**
 * `const Calendar = late(() => import('./calendar.tsx'))`: a component whose code is fetched when it is first shown.
 * Not React's own lazy: who waits in a Suspense is held back for a third of a second, even when there is nothing to
 * wait for any more.
 */
export function late<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
  meanwhile: ReactNode = <Waiting />,
): Late<P> {
  let code: ComponentType<P> | null = null
  async function fetch() {
    code = (await load()).default
  }
  // biome-ignore lint/correctness/noComponentHookFactories: made once, where a module begins
  function Late(props: P) {
    const [Shown, show] = useState(() => code)
    const isThere = Shown !== null
    useEffect(() => {
      if (isThere) return
      let isWanted = true
      const settle = (how: () => ComponentType<P> | null) => isWanted && show(how)
      fetch().then(
        () => settle(() => code),
        // For the boundary around it.
        (error) =>
          settle(() => {
            throw error
          }),
      )
      return () => {
        isWanted = false
      }
    }, [isThere])
    return Shown ? <Shown {...props} /> : meanwhile
  }
  return Object.assign(Late, { fetch })
}
