import type { Served } from '../support/served.ts'
import type { ClinicHouse } from './course.ts'
import { type Desk, openClinic, password } from './house.ts'

/** The served program as the clinic's work needs it: its clock is the machine's, and nobody can move it. */
export function servedHouse(served: Served): ClinicHouse {
  const desk = desksOf(served)
  return {
    host: { now: () => new Date().toISOString(), advanceMinutes() {} },
    openClinic: () => openClinic(desk),
  }
}

/** One window for all: whoever calls and is not the one before signs in first, as people change over at a PC. */
function desksOf({ must }: Served): () => Desk {
  let current: object | null = null
  return () => {
    let signInName: string | null = null
    const desk: Desk = {
      async must(name, input) {
        const named = name.startsWith('signIn.with') || name === 'clinic.setUp' ? signInNameIn(input) : null
        if (named !== null) signInName = named
        else if (current !== desk && signInName !== null) await must('signIn.withPassword', { signInName, password })
        current = desk
        return must(name, input)
      },
    }
    return desk
  }
}

/** Set-up and sign-in say themselves who comes. */
function signInNameIn(input: unknown): string | null {
  const { signInName, owner } = input as {
    readonly signInName?: string
    readonly owner?: { readonly signInName: string }
  }
  return owner?.signInName ?? signInName ?? null
}
