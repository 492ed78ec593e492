import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

/**
 * Chromium's single-instance lock, per user-data folder: true for the first, which from then on hears of every later
 * start; false for a later one, whose command line has been handed over. A lock left by a killed process is taken over.
 */
export function holdInstanceLock(userData: string, onSecond: (argv: string[]) => void): boolean {
  mkdirSync(userData, { recursive: true })
  const lock = join(userData, 'SingletonLock')
  const socket = join(userData, 'SingletonSocket')
  if (isHeld(lock) && handOver(socket)) return false
  rmSync(lock, { force: true })
  rmSync(socket, { force: true })
  writeFileSync(lock, String(process.pid))
  const server = createServer((connection) => {
    connection.on('data', (text) => onSecond(JSON.parse(text.toString('utf8')) as string[]))
    connection.on('error', () => connection.destroy())
  })
  server.listen(socket)
  server.unref()
  process.on('exit', () => {
    rmSync(lock, { force: true })
    rmSync(socket, { force: true })
  })
  return true
}

function isHeld(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0)
    return true
  } catch {
    return false
  }
}

/** Electron answers synchronously, so the command line is handed over by a process that this one waits for. */
function handOver(socket: string): boolean {
  const script = `require('net').connect(process.argv[1]).on('error', () => process.exit(1)).end(process.argv[2])`
  return spawnSync(process.execPath, ['-e', script, socket, JSON.stringify(process.argv)]).status === 0
}
