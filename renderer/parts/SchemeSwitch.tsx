import { useMantineColorScheme } from '@mantine/core'
import { SegmentedChoice } from './SegmentedChoice.tsx'

/** Light, dark, or as the system says. */
export function SchemeSwitch({ labelPlace = 'above' }: { readonly labelPlace?: 'above' | 'beside' | 'hidden' }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SegmentedChoice
      label="Colours"
      labelPlace={labelPlace}
      size="compact"
      segments={[
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
        { value: 'auto', label: 'As the system' },
      ]}
      value={colorScheme}
      onChange={setColorScheme}
    />
  )
}
