import { ColorSwatch } from '@mantine/core'
import type { Stage } from './moving.tsx'

export const StageDot = ({ stage, size = 10 }: { stage: Pick<Stage, 'color'>; size?: number }) => (
  <ColorSwatch color={stage.color} size={size} withShadow={false} aria-hidden style={{ flex: 'none' }} />
)
