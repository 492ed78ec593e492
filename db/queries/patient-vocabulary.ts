import { setImmediate as nextTurn } from 'node:timers/promises'
import { keyRoles } from '../../shared/domain/patient-name.ts'
import { lettersOf, mayBeWithin, soundOf, spellingLimit, spellingMatcher } from '../../shared/domain/spelling.ts'
import type { Reader } from '../open.ts'
import { many } from '../records.ts'

/**
 * Every distinct word of the clinic's surnames and given names, in memory, so that a misspelt word finds the words it
 * may have been meant for. Loaded at the first doubt, in pages, and added to with every registration; a word that no
 * chart has any more costs one empty read and does no harm.
 */
export class PatientVocabulary {
  readonly #words = new Set<string>()
  /** Words of one length, and beside each the letters it has. */
  readonly #byLength: { readonly words: string[]; readonly letters: number[] }[] = []
  readonly #wordsBySound = new Map<string, string[]>()
  #loading: Promise<void> | null = null

  /** Reads the words once; later calls wait for the same reading. */
  async load(reader: Reader): Promise<void> {
    this.#loading ??= this.#read(reader).catch((error: unknown) => {
      this.#loading = null
      throw error
    })
    return this.#loading
  }

  /** Words of a chart that was registered, edited or imported. */
  add(words: Iterable<string>): void {
    for (const word of words) {
      if (this.#words.has(word)) continue
      this.#words.add(word)
      const sameLength = this.#byLength[word.length] ?? { words: [], letters: [] }
      sameLength.words.push(word)
      sameLength.letters.push(lettersOf(word))
      this.#byLength[word.length] = sameLength
      const sound = soundOf(word)
      const sameSound = this.#wordsBySound.get(sound)
      if (sameSound === undefined) this.#wordsBySound.set(sound, [word])
      else sameSound.push(word)
    }
  }

  /** Reads everything again at the next doubt: after an import or a restored store. */
  forget(): void {
    this.#words.clear()
    this.#byLength.length = 0
    this.#wordsBySound.clear()
    this.#loading = null
  }

  /**
   * Words that `typed` may have been meant for, likeliest group first: one slip, two slips, then what only sounds
   * alike. At most `most` words together.
   */
  similar(typed: string, most: number): readonly (readonly string[])[] {
    const limit = spellingLimit(typed)
    const matcher = spellingMatcher(typed)
    const letters = lettersOf(typed)
    const groups: string[][] = Array.from({ length: limit + 1 }, () => [])
    for (let length = typed.length - limit; length <= typed.length + limit; length++) {
      const sameLength = this.#byLength[length]
      if (sameLength === undefined) continue
      for (let i = 0; i < sameLength.words.length; i++) {
        if (!mayBeWithin(letters, sameLength.letters[i] ?? 0, limit)) continue
        const word = sameLength.words[i] ?? ''
        const slips = matcher.distance(word, limit)
        if (slips <= limit && slips > 0) groups[slips - 1]?.push(word)
      }
    }
    const close = new Set(groups.flat())
    const alike = this.#wordsBySound.get(soundOf(typed)) ?? []
    groups[limit] = alike.filter((word) => word !== typed && !close.has(word))
    let room = most
    return groups.flatMap((group) => {
      const taken = group.sort().slice(0, room)
      room -= taken.length
      return taken.length === 0 ? [] : [taken]
    })
  }

  async #read(reader: Reader): Promise<void> {
    for (const role of [keyRoles.surname, keyRoles.given]) {
      let after = ''
      for (;;) {
        const rows = await many<{ tok: string }>(
          reader,
          `select distinct tok from patient_key where role = ? and tok > ? order by tok limit ${PAGE}`,
          [role, after],
        )
        this.add(rows.map((row) => row.tok))
        const last = rows.at(-1)
        if (last === undefined || rows.length < PAGE) break
        after = last.tok
        // Other calls are answered between two pages.
        await nextTurn()
      }
    }
  }
}

const PAGE = 2000
