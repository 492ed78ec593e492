/**
 * Commands that a person needs to read, lock and leave while nothing can be written. What they write goes into a copy that
 * nobody keeps, so nothing that has to last is among them.
 */
const possible: ReadonlySet<string> = new Set([
  'signIn.withPassword',
  'signIn.withPin',
  'signIn.asSample',
  'signIn.lock',
  'signIn.signOut',
  'patientMode.end',
  'backup.cancelJob',
])

export function goesWithoutWriting(procedure: string): boolean {
  return possible.has(procedure)
}
