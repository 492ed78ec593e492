import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron'
import type { DoorRefusal, Envelope } from '../../shared/rpc/envelope.ts'
import type { App } from '../app/app.ts'
import type { Connection } from '../app/connection.ts'
import type { Host } from '../hosts/host.ts'
import { isOurs } from '../windows/security.ts'

const callChannel = 'countersign:call'
const eventChannel = 'countersign:event'
const maxRequestBytes = 1024 * 1024

type Ends = {
  readonly application: App
  readonly connection: Connection
  readonly contents: WebContents
  readonly log: Host['log']
}

/**
 * The Electron transport: one channel for calls, one for events, one window behind both. A request is text of at most
 * 1 MiB; every answer is the text of an envelope, because Electron would strip a thrown error to its message.
 */
export function answerCalls({ application, connection, contents, log }: Ends): void {
  ipcMain.handle(callChannel, (event, requestText: unknown) => {
    if (!isFromOurPage(event, contents)) {
      log({ level: 'warn', event: 'ipc.foreignSender' })
      return refusalText('DENIED')
    }
    if (typeof requestText !== 'string') return refusalText('INVALID_INPUT')
    if (isTooLarge(requestText)) return refusalText('TOO_LARGE')
    return application.call(connection, requestText)
  })
  const unsubscribe = application.subscribe(connection, (eventText) => {
    if (!contents.isDestroyed()) contents.send(eventChannel, eventText)
  })
  contents.once('destroyed', () => {
    ipcMain.removeHandler(callChannel)
    unsubscribe()
    application.disconnect(connection)
  })
}

function isFromOurPage(event: IpcMainInvokeEvent, contents: WebContents): boolean {
  const frame = event.senderFrame
  return event.sender === contents && frame !== null && frame.parent === null && isOurs(frame.url)
}

/** Text has at least as many UTF-8 bytes as UTF-16 units, so the cheap test settles the large case. */
function isTooLarge(text: string): boolean {
  return text.length > maxRequestBytes || Buffer.byteLength(text) > maxRequestBytes
}

function refusalText(code: DoorRefusal): string {
  return JSON.stringify({ ok: false, refusal: { code } } satisfies Envelope<never, DoorRefusal>)
}
