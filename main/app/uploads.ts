import type { Host } from '../hosts/host.ts'

const maxBytes = 64 * 1024 * 1024
const keptMs = 30 * 60_000

/** Files on their way in: parts of at most 512 KiB by ordinary calls, kept in memory only, gone after half an hour. */
export class Uploads {
  readonly #host: Host
  readonly #files = new Map<string, { connectionId: string; parts: Buffer[]; bytes: number; touchedMs: number }>()

  constructor(host: Host) {
    this.#host = host
  }

  begin(connectionId: string): string {
    this.#drop()
    const token = this.#host.newId()
    this.#files.set(token, { connectionId, parts: [], bytes: 0, touchedMs: this.#host.monotonicMs() })
    return token
  }

  /** Bytes so far, or null when the token is not this window's or the file grows over 64 MiB. */
  append(connectionId: string, token: string, part: Buffer): number | null {
    this.#drop()
    const file = this.#files.get(token)
    if (!file || file.connectionId !== connectionId || file.bytes + part.length > maxBytes) return null
    file.parts.push(part)
    file.bytes += part.length
    file.touchedMs = this.#host.monotonicMs()
    return file.bytes
  }

  /** The whole file, which is then forgotten. */
  take(connectionId: string, token: string): Buffer | null {
    this.#drop()
    const file = this.#files.get(token)
    if (!file || file.connectionId !== connectionId) return null
    this.#files.delete(token)
    return Buffer.concat(file.parts)
  }

  #drop(): void {
    const now = this.#host.monotonicMs()
    for (const [token, file] of this.#files) if (now - file.touchedMs > keptMs) this.#files.delete(token)
  }
}
