import type { RefusalText } from './refusal-text.ts'

export const sessionPresetTexts: Readonly<Record<string, RefusalText>> = {
  PRESET_FAULTY: ({ faults }) => {
    const count = Array.isArray(faults) ? faults.length : 1
    return `The preset was not saved: ${count === 1 ? 'one value is' : `${count} values are`} missing or not possible. The form says which.`
  },
  PRESET_NAME_TAKEN: () => 'The preset was not saved: another preset in use has this name. Choose another name.',
  PRESET_RETIRED: () => 'This preset is out of use by now, so nothing was changed. Make a new one instead.',
}
