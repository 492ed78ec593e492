import { join } from 'node:path'
import log from 'electron-log/node'
import type { Host } from './host.ts'

const maxBytes = 5 * 1024 * 1024

type LogOptions = { readonly now: Host['now']; readonly alsoOnConsole: boolean }

/**
 * One JSON line per event, in `countersign.log` and one older file. The `/node` entry serves Electron too: the `/main`
 * entry would open two more IPC channels for a renderer that never logs.
 */
export function openLog(folder: string, { now, alsoOnConsole }: LogOptions): Host['log'] {
  const logger = log.create({ logId: folder })
  logger.transports.file.resolvePathFn = () => join(folder, 'countersign.log')
  logger.transports.file.maxSize = maxBytes
  logger.transports.file.format = '{text}'
  logger.transports.console.level = alsoOnConsole ? 'info' : false
  logger.transports.console.format = '{text}'
  return ({ level, event, ...facts }) => {
    logger[level](JSON.stringify({ at: now(), level, event, ...facts }))
  }
}
