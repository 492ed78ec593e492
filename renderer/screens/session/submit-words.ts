import type { SessionWork } from './desk-context.ts'

export function submitWords({ opened, person }: Pick<SessionWork, 'opened' | 'person'>): string {
  if (opened.session.state === 'RETURNED') return 'Submit the correction'
  const signsAlone = opened.session.authorIsPhysician && person.roles.includes('physician')
  return signsAlone ? 'Sign the session' : 'Submit for sign-off'
}
