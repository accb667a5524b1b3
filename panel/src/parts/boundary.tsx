import { Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { useWords } from '../words/words.ts'
import { Notice } from './notice.tsx'
import { Screen } from './screen.tsx'

type Props = { children: ReactNode; at?: string }

/** Keeps a screen that broke from taking the panel with it; going elsewhere is a new start. */
export class Boundary extends Component<Props, { isBroken: boolean }> {
  override state = { isBroken: false }
  static getDerivedStateFromError = () => ({ isBroken: true })
  override componentDidUpdate(before: Props) {
    if (this.state.isBroken && before.at !== this.props.at) this.setState({ isBroken: false })
  }
  override render() {
    return this.state.isBroken ? <Broken /> : this.props.children
  }
}

function Broken() {
  const { failures, common } = useWords()
  return (
    <Screen title={failures.title}>
      <Notice title={failures.title} text={failures.unexpected}>
        <Button onClick={() => location.reload()}>{common.tryAgain}</Button>
      </Notice>
    </Screen>
  )
}
