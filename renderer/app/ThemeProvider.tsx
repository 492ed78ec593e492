import '@mantine/core/styles.layer.css'
import './fonts.css'
import './base.css'
import './mantine.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { resolveCssVariables, theme } from './theme.ts'

// The scheme is the only thing kept in the browser's storage: it says nothing about anybody.
const colorSchemeManager = localStorageColorSchemeManager({ key: 'countersign-color-scheme' })

export function ThemeProvider({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveCssVariables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      {children}
    </MantineProvider>
  )
}
