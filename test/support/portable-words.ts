const words: readonly (readonly [word: string, pattern: RegExp])[] = [
  ['WITHOUT ROWID', /\bwithout\s+rowid\b/i],
  ['STRICT', /\)\s*strict\b/i],
  ['ROWID', /\browid\b/i],
  ['RAISE', /\braise\s*\(/i],
  ['INSERT OR', /\binsert\s+or\b/i],
  ['REPLACE INTO', /\breplace\s+into\b/i],
  ['JSON_EXTRACT', /\bjson_extract\b/i],
  ['STRFTIME', /\bstrftime\b/i],
  ['GLOB', /\bglob\b/i],
]

/** SQL that only SQLite understands, in the text literals of a TypeScript source; names in code and comments are free. */
export function sqliteWordsIn(source: string): readonly string[] {
  const text = literalsOf(source).join('\n')
  return words.filter(([, pattern]) => pattern.test(text)).map(([word]) => word)
}

function literalsOf(source: string): readonly string[] {
  const pattern = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g
  return [...source.matchAll(pattern)].map(([match]) => match).filter((match) => !match.startsWith('/'))
}
