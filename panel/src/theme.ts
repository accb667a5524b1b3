import { createTheme, type MantineColorsTuple } from '@mantine/core'
import type { Words } from './words/words.ts'

const teal: MantineColorsTuple = [
  '#f0fdfa',
  '#ccfbf1',
  '#99f6e4',
  '#5eead4',
  '#2dd4bf',
  '#14b8a6',
  '#0d9488',
  '#0f766e',
  '#115e59',
  '#134e4a',
]

/** One type scale, one accent; calm, and dense enough for work. */
export const themeIn = ({ common }: Words) =>
  createTheme({
    black: '#1b2a30',
    colors: { teal },
    primaryColor: 'teal',
    primaryShade: { light: 7, dark: 8 },
    defaultRadius: 'md',
    fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
    fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
    headings: {
      fontWeight: '600',
      sizes: {
        h1: { fontSize: '1.25rem', lineHeight: '1.4' },
        h2: { fontSize: '1rem', lineHeight: '1.4' },
        h3: { fontSize: '0.875rem', lineHeight: '1.4' },
      },
    },
    cursorType: 'pointer',
    respectReducedMotion: true,
    // What the library's own buttons are called.
    components: {
      Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
      Modal: { defaultProps: { closeButtonProps: { 'aria-label': common.close } } },
      Drawer: { defaultProps: { closeButtonProps: { 'aria-label': common.close } } },
      // A header in a dialog would be a second banner beside the phone's.
      ModalHeader: { defaultProps: { component: 'div' } },
      DrawerHeader: { defaultProps: { component: 'div' } },
      Alert: { defaultProps: { closeButtonLabel: common.close } },
      Notification: { defaultProps: { closeButtonProps: { 'aria-label': common.close } } },
      Select: { defaultProps: { clearButtonProps: { 'aria-label': common.clear } } },
      MultiSelect: { defaultProps: { clearButtonProps: { 'aria-label': common.clear } } },
      Autocomplete: { defaultProps: { clearButtonProps: { 'aria-label': common.clear } } },
      TagsInput: { defaultProps: { clearButtonProps: { 'aria-label': common.clear } } },
    },
  })
