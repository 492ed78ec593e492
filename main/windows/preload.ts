import { contextBridge, ipcRenderer } from 'electron'

// Built into one CommonJS file: a sandboxed preload may load nothing but Electron's own module. The two channel names
// are spelled out in transports/ipc.ts as well, whose imports do not exist here.
contextBridge.exposeInMainWorld(
  'countersign',
  Object.freeze({
    call: (requestText: string): Promise<string> => ipcRenderer.invoke('countersign:call', requestText),
    subscribe: (listener: (eventText: string) => void): (() => void) => {
      const onEvent = (_event: unknown, eventText: string) => listener(eventText)
      ipcRenderer.on('countersign:event', onEvent)
      return () => {
        ipcRenderer.off('countersign:event', onEvent)
      }
    },
  }),
)
