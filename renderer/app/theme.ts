import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { createElement } from 'react'
import { darkPalette, inkScale, lightPalette } from './tokens.ts'

const redScale: MantineColorsTuple = tone('#fbebe8', '#ff9c91', '#ae2318')
const amberScale: MantineColorsTuple = tone('#fbf1de', '#efbe6e', '#855000')
const greenScale: MantineColorsTuple = tone('#e5f2ea', '#84d0a8', '#1d6944')

/** A browser keeps what stands in other fields in the files by which it restores its windows, in clear. */
const notKept = { autoComplete: 'off' }

export const theme = createTheme({
  colors: { ink: inkScale, red: redScale, amber: amberScale, green: greenScale },
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 2 },
  white: '#ffffff',
  black: '#1a1c21',
  autoContrast: true,
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'Atkinson Hyperlegible Mono', ui-monospace, monospace",
  fontSmoothing: true,
  fontSizes: { xs: '11px', sm: '13px', md: '13px', lg: '14px', xl: '16px' },
  lineHeights: { xs: '14px', sm: '18px', md: '18px', lg: '20px', xl: '22px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '26px' },
      h2: { fontSize: '16px', lineHeight: '22px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
      h4: { fontSize: '13px', lineHeight: '18px' },
    },
  },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '20px', xl: '24px' },
  defaultRadius: 'sm',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '14px' },
  // Only floating layers cast a shadow: what Mantine would lift by a small one lies flat.
  shadows: { xs: 'none', sm: 'none', md: 'var(--floating)', lg: 'var(--floating)', xl: 'var(--floating)' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  variantColorResolver: resolveVariant,
  components: {
    Button: { defaultProps: { size: 'sm', variant: 'default' } },
    ActionIcon: { defaultProps: { size: 'md', variant: 'default' } },
    Modal: {
      defaultProps: {
        // The page has one banner: the head of a dialog is none.
        attributes: { header: { role: 'presentation' } },
        centered: true,
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { color: 'var(--scrim)', backgroundOpacity: 1 },
        transitionProps: { duration: 120, transition: 'fade' },
        radius: 'md',
        padding: 20,
      },
    },
    Drawer: {
      defaultProps: {
        attributes: { header: { role: 'presentation' } },
        position: 'right',
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { color: 'var(--scrim)', backgroundOpacity: 1 },
        transitionProps: { duration: 180, timingFunction: 'ease-out' },
        padding: 20,
      },
    },
    TextInput: { defaultProps: notKept },
    Textarea: { defaultProps: notKept },
    NumberInput: { defaultProps: notKept },
    MultiSelect: { defaultProps: notKept },
    Autocomplete: { defaultProps: notKept },
    Select: {
      defaultProps: {
        ...notKept,
        rightSection: createElement(IconChevronDown, { size: 16, stroke: 1.7, 'aria-hidden': true }),
        rightSectionPointerEvents: 'none',
        checkIconPosition: 'right',
        comboboxProps: { shadow: 'md' },
        allowDeselect: false,
      },
    },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 120 } } },
    // A menu holds its items alone: the first of them takes the focus, not an empty place before it.
    Menu: {
      defaultProps: { shadow: 'md', transitionProps: { duration: 120 }, withInitialFocusPlaceholder: false },
    },
    Switch: { defaultProps: { size: 'xs', withThumbIndicator: false } },
    Checkbox: { defaultProps: { size: 'sm' } },
    Radio: { defaultProps: { size: 'sm' } },
  },
})

/** Puts the tokens and the few Mantine colours that are too pale for WCAG AA into CSS variables, per colour scheme. */
export const resolveCssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--floating': '0 1px 2px var(--shadow-contact), 0 8px 28px var(--shadow-soft)',
    '--mono': "'Atkinson Hyperlegible Mono', ui-monospace, monospace",
    '--mantine-color-body': 'var(--canvas)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-2)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-error': 'var(--red)',
    '--mantine-color-success': 'var(--green)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-disabled': 'var(--sunken)',
    '--mantine-color-disabled-color': 'var(--text-3)',
    '--mantine-color-disabled-border': 'var(--line)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--mantine-color-ink-filled': 'var(--accent)',
    '--mantine-color-ink-filled-hover': 'var(--accent-hover)',
  },
  light: lightPalette,
  dark: darkPalette,
})

const tones = ['accent', 'red', 'amber', 'green'] as const

/** Colours of Button, ActionIcon and the like from the tokens, so both schemes keep the measured contrast. */
function resolveVariant({ color, variant }: Parameters<VariantColorsResolver>[0]): ReturnType<VariantColorsResolver> {
  const name = tones.find((tone) => tone === color) ?? 'accent'
  const ink = `var(--${name})`
  const soft = `var(--${name}-soft)`
  const hover = name === 'accent' ? 'var(--accent-hover)' : ink
  switch (variant) {
    case 'filled':
      return {
        background: ink,
        hover,
        color: name === 'accent' ? 'var(--on-accent)' : 'var(--surface)',
        border: 'none',
      }
    case 'light':
      return { background: soft, hover: soft, color: ink, border: `1px solid var(--${name}-line)` }
    case 'outline':
      return { background: 'var(--surface)', hover: soft, color: ink, border: `1px solid ${ink}` }
    case 'subtle':
    case 'transparent':
      return {
        background: 'transparent',
        hover: variant === 'subtle' ? soft : 'transparent',
        color: ink,
        border: 'none',
      }
    default:
      return {
        background: 'var(--surface)',
        hover: 'var(--hover)',
        color: name === 'accent' ? 'var(--text)' : ink,
        border: '1px solid var(--line-strong)',
      }
  }
}

/** Ten shades of which only three are used: soft fill, dark theme, light theme. */
function tone(soft: string, dark: string, light: string): MantineColorsTuple {
  return [soft, soft, dark, dark, dark, light, light, light, light, light]
}
