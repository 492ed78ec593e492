import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openStore } from '../../db/open.ts'
import type { Tally } from './count.ts'

/** `_IOR('X', 125, __u32)`, and the flag that shuts ext4 down without flushing its journal: what a power cut leaves. */
const shutDown =
  'import fcntl,os,struct,sys; f=os.open(sys.argv[1],os.O_RDONLY); fcntl.ioctl(f,0x8004587d,struct.pack("I",2))'
const script = fileURLToPath(new URL('./power-child.ts', import.meta.url))

/** Why power cannot be cut on this machine; null where it can. */
export function whyNoPowerCut(): string | null {
  if (process.platform !== 'linux') return 'only Linux can shut a file system down without flushing it'
  if (process.getuid?.() !== 0) return 'mounting a file system needs root'
  for (const [tool, ...args] of [
    ['losetup', '--version'],
    ['mkfs.ext4', '-V'],
    ['python3', '--version'],
  ])
    if (spawnSync(tool ?? '', args).status !== 0) return `${tool} is not installed`
  const image = join(mkdtempSync(join(tmpdir(), 'countersign-power-')), 'try')
  try {
    const made = mount(image, join(image, '..', 'mount'))
    made.remove()
    return null
  } catch {
    return 'a loop device cannot be mounted here'
  } finally {
    rmSync(join(image, '..'), { recursive: true, force: true })
  }
}

/** Cuts the power under a process that commits through the store module; every acknowledged commit must be there, whole. */
export async function cutPower(cuts: number): Promise<readonly Tally[]> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-power-'))
  const disk = mount(join(folder, 'disk.img'), join(folder, 'mount'))
  const path = join(folder, 'mount', 'store.db')
  const key = randomBytes(32)
  let [acknowledged, lost, torn, damaged, next] = [0, 0, 0, 0, 0]
  const bad = new Set<number>()
  try {
    await makeStore(path, key)
    for (let cut = 1; cut <= cuts; cut += 1) {
      const said = await workUntilCut({ path, key, from: next, mountPoint: join(folder, 'mount') })
      disk.mountAgain()
      const store = openStore({ path, key })
      try {
        const { driver } = store
        if (driver.pragma('integrity_check', { simple: true }) !== 'ok') damaged += 1
        const has = driver.prepare('select count(*) as n from fault_part where head_id = ?')
        const gone = said.filter((commit) => (has.get(commit) as { n: number }).n !== 3)
        const half = driver
          .prepare(
            'select count(*) as n from fault_head where (select count(*) from fault_part where head_id = id) <> 3',
          )
          .get() as { n: number }
        acknowledged += said.length
        lost += gone.length
        torn += half.n
        if (gone.length > 0 || half.n > 0 || damaged > 0) bad.add(cut)
        next =
          ((driver.prepare('select max(id) as last from fault_head').get() as { last: number | null }).last ?? -1) + 1
      } finally {
        await store.close()
      }
      if (cut % 10 === 0)
        console.log(`${cut} of ${cuts} power cuts, ${acknowledged} commits acknowledged, ${lost} lost`)
    }
  } finally {
    disk.remove()
    rmSync(folder, { recursive: true, force: true })
  }
  return [
    {
      fault: 'F5',
      what: 'power cut under the store module (ext4, not flushed)',
      tried: cuts,
      held: cuts - bad.size,
      lost,
      wrong: torn + damaged,
      figures: { 'commits acknowledged': acknowledged },
    },
  ]
}

async function makeStore(path: string, key: Buffer): Promise<void> {
  const store = openStore({ path, key, create: true })
  store.driver.exec('create table fault_head (id integer primary key, text text not null)')
  store.driver.exec(
    'create table fault_part (head_id integer not null references fault_head (id), part integer not null)',
  )
  store.driver.pragma('wal_autocheckpoint=25')
  await store.close()
  execFileSync('sync')
}

type Work = { readonly path: string; readonly key: Buffer; readonly from: number; readonly mountPoint: string }

/** The commits that were said before the power went. */
async function workUntilCut({ path, key, from, mountPoint }: Work): Promise<readonly number[]> {
  const child = spawn(process.execPath, [script, path, key.toString('hex'), String(from)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = new Promise((settle) => child.once('exit', settle))
  const said: number[] = []
  const reading = createInterface({ input: child.stdout }).on('line', (line) => said.push(Number(line)))
  const started = Promise.withResolvers<null>()
  reading.once('line', () => started.resolve(null))
  await Promise.race([started.promise, ended])
  await new Promise((settle) => setTimeout(settle, 20 + Math.random() * 400))
  execFileSync('python3', ['-c', shutDown, mountPoint])
  child.kill('SIGKILL')
  await ended
  return said
}

/** An ext4 of its own in one file. */
function mount(image: string, point: string) {
  execFileSync('truncate', ['-s', '96M', image])
  execFileSync('mkfs.ext4', ['-q', '-F', image])
  mkdirSync(point, { recursive: true })
  const device = execFileSync('losetup', ['-f', '--show', image], { encoding: 'utf8' }).trim()
  try {
    execFileSync('mount', ['-t', 'ext4', device, point], { stdio: 'pipe' })
  } catch (error) {
    execFileSync('losetup', ['-d', device])
    throw error
  }
  return {
    mountAgain() {
      execFileSync('umount', [point])
      execFileSync('mount', ['-t', 'ext4', device, point])
    },
    remove() {
      spawnSync('umount', [point])
      spawnSync('losetup', ['-d', device])
    },
  }
}
