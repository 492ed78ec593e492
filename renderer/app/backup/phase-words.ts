const phaseTexts: Readonly<Record<string, string>> = {
  SAFETY: 'Copying the records as they are',
  COPYING: 'Taking the copy',
  FILES: 'Taking photos and documents',
  CHECKING: 'Proving every page, the audit and signatures',
}

/** What a restore is doing right now. */
export function phaseText(phase: string): string {
  return phaseTexts[phase] ?? 'Opening the records'
}
