/** The button that shows a typed secret can be reached by keys, and its name is not taken for the field's. */
export const showTypedButton = { 'aria-label': 'Show what is typed', tabIndex: 0 } as const
