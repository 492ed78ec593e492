/** The bridge that the preload puts on the window in Electron: one call, one subscription. */
type Bridge = {
  call(requestText: string): Promise<string>
  subscribe(listener: (eventText: string) => void): () => void
}

declare global {
  interface Window {
    readonly countersign?: Bridge
  }
}

let isGoing = false
for (const name of ['beforeunload', 'pagehide'])
  window.addEventListener(name, () => {
    isGoing = true
  })

/** A browser carries no more than 64 KiB beyond the end of a page. */
const mostCharactersBeyondThePage = 15_000

/** Electron where its bridge is there, else the preview's loopback HTTP. */
export const transport: Bridge = window.countersign ?? { call: callOverHttp, subscribe: subscribeOverHttp }

async function callOverHttp(requestText: string): Promise<string> {
  const response = await fetch('/call', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: requestText,
    keepalive: isGoing && requestText.length <= mostCharactersBeyondThePage,
  })
  if (!response.ok) throw new Error(`the program answered ${response.status}`)
  return response.text()
}

function subscribeOverHttp(listener: (eventText: string) => void): () => void {
  const source = new EventSource('/events')
  source.onmessage = (event: MessageEvent<string>) => listener(event.data)
  return () => source.close()
}

/** Address of a file that a procedure handed to this window. `save` makes the browser keep it as a file. */
export function blobAddress(token: string, purpose: 'show' | 'save' = 'show'): string {
  return `/blob/${token}${purpose === 'save' ? '?save' : ''}`
}
