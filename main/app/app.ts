import type { Connection } from './connection.ts'

/**
 * The application as its transports see it. Requests and replies are JSON text, so that IPC, HTTP and tests cannot
 * differ; who is asking is known from the connection and never from the text.
 */
export interface App {
  /** One per window (Electron) or browser cookie (preview). */
  connect(): Connection
  disconnect(connection: Connection): void
  /** `requestText` is `{name, input, key?}`; the answer is an envelope. Never throws. At most 1 MiB is read. */
  call(connection: Connection, requestText: string): Promise<string>
  /** Pushes `{type, ...}` event texts: what changed (never the data), lock, job progress. Returns the unsubscriber. */
  subscribe(connection: Connection, listener: (eventText: string) => void): () => void
  /** A file's content by the token that a procedure gave to this same connection; null when unknown or locked. */
  readBlob(connection: Connection, token: string): Promise<Blob | null>
  /** Locks every connection: at once for a suspend, after a moment to save what was typed for OS lock and menu. */
  lockAll(reason: 'OS_LOCK' | 'SUSPEND' | 'IDLE' | 'PERSON'): Promise<void>
  /** Checks the idle time of every connection and closes a store that nobody uses; the host's timer calls it about once a second. Never throws. */
  tick(): Promise<void>
  /** Brings what was committed from the log into the store's own file, at once: the last act before a crash ends the process. */
  checkpoint(): void
  /** Ends sign-ins (audited), checkpoints and closes the store. Idempotent. */
  close(): Promise<void>
}

export type Blob = { readonly mediaType: string; readonly fileName: string; readonly bytes: Buffer }
