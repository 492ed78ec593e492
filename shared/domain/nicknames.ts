import { nicknameLines } from './nicknames/nicknames-list.ts'

/** The nicknames of a folded given name: `margaret` gives `peggy`, `meg` and others. Empty where none is known. */
export function nicknamesOf(token: string): readonly string[] {
  return tables().nicknamesByName.get(token) ?? []
}

/** The given names that a folded nickname may stand for: `peggy` gives `margaret`. Empty where none is known. */
export function namesOfNickname(token: string): readonly string[] {
  return tables().namesByNickname.get(token) ?? []
}

/** Other given names the same person may be registered under: nicknames of `token` and names it is a nickname of. */
export function relatedGivenNames(token: string): readonly string[] {
  return [...new Set([...nicknamesOf(token), ...namesOfNickname(token)])].filter((name) => name !== token)
}

type Tables = {
  readonly nicknamesByName: ReadonlyMap<string, readonly string[]>
  readonly namesByNickname: ReadonlyMap<string, readonly string[]>
}

let known: Tables | null = null

/** Read on first use: the start of the app does not pay for it. */
function tables(): Tables {
  if (known !== null) return known
  const nicknamesByName = new Map<string, readonly string[]>()
  const namesByNickname = new Map<string, string[]>()
  for (const line of nicknameLines.split('\n')) {
    const [name = '', ...nicknames] = line.split(' ')
    nicknamesByName.set(name, nicknames)
    for (const nickname of nicknames) {
      const names = namesByNickname.get(nickname)
      if (names === undefined) namesByNickname.set(nickname, [name])
      else names.push(name)
    }
  }
  known = { nicknamesByName, namesByNickname }
  return known
}
