const languageNames = new Intl.DisplayNames(['en'], { type: 'language' })

/** `English`, as the interface names languages; what is no language tag stays as it was typed. */
export function languageName(tag: string): string {
  try {
    return languageNames.of(tag) ?? tag
  } catch {
    return tag
  }
}
