import { execFileSync } from 'node:child_process'
import { accessSync, chmodSync, constants, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Makes a folder and the store in it take nothing: by file modes for an ordinary user, by the file system's own mark (`chattr
 * +i`) for the superuser, whom modes do not bind. NOT_TRIED where neither can be done here.
 */
export function makeTakeNothing(folder: string): { undo(): void } | 'NOT_TRIED' {
  const paths = [
    ...readdirSync(folder)
      .filter((name) => name === 'store.db' || name === 'store.db-wal')
      .map((name) => join(folder, name)),
    folder,
  ]
  if (process.getuid?.() !== 0) {
    for (const path of paths) chmodSync(path, path === folder ? 0o555 : 0o444)
    return takesNothing(folder, () => {
      if (existsSync(folder)) chmodSync(folder, 0o755)
      for (const path of paths) if (existsSync(path)) chmodSync(path, path === folder ? 0o755 : 0o644)
    })
  }
  const mark = (flag: '+i' | '-i', marked: readonly string[]) =>
    execFileSync('chattr', [flag, ...marked], { stdio: 'ignore' })
  try {
    mark('+i', paths)
  } catch {
    return 'NOT_TRIED'
  }
  return takesNothing(folder, () => {
    const left = paths.filter((path) => existsSync(path))
    if (left.length > 0) mark('-i', left)
  })
}

function takesNothing(folder: string, undo: () => void): { undo(): void } | 'NOT_TRIED' {
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    return { undo }
  }
  undo()
  return 'NOT_TRIED'
}
