import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname } from 'node:path'

/**
 * Writes the verifier as the one plain file that is handed to strangers. Only its types are taken out, so that what
 * runs can be read, comments and all.
 */
export function writeVerifier(target: string): void {
  const source = readFileSync(new URL('countersign-verify.ts', import.meta.url), 'utf8')
  const plain = stripTypeScriptTypes(source)
    .replaceAll(/[ \t]+$/gmu, '')
    .replaceAll(/\n{3,}/gu, '\n\n')
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, plain)
}
