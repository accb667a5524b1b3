import { ScrollArea } from '@mantine/core'

/** What machines said to each other, as it was. */
export const CodeBlock = ({ text }: { text: string }) => (
  <ScrollArea.Autosize mah="16rem" viewportProps={{ tabIndex: 0 }}>
    <pre className="settings-code">{text}</pre>
  </ScrollArea.Autosize>
)
