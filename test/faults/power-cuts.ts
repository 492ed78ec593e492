import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openStore } from '../../db/open.ts'
import type { Tally } from './count.ts'

/**
 * `_IOR('X', 125, __u32)` with the flag that shuts ext4 down without flushing its journal: what a power cut leaves. The
 * helper waits for a byte, so that nothing but the call itself lies between what was said and the cut.
 */
const shutDown = [
  'import fcntl,os,struct,sys',
  'folder=os.open(sys.argv[1],os.O_RDONLY)',
  'print("ready",flush=True)',
  'sys.stdin.read(1)',
  'fcntl.ioctl(folder,0x8004587d,struct.pack("I",2))',
].join('; ')
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

/**
 * Cuts the power under a process that commits through the store module; every commit acknowledged before the cut must be
 * there, whole. The control commits without waiting for the disk: what it loses shows that the cut is one.
 */
export async function cutPower(cuts: number): Promise<readonly Tally[]> {
  const tally = await cutPowerUnder(cuts, 'FULL')
  const control = await cutPowerUnder(2, 'NORMAL')
  const isRealCut = (control.lost ?? 0) > 0
  return [
    {
      ...tally,
      held: isRealCut ? tally.held : 0,
      figures: { ...tally.figures, 'lost by the control, which does not wait for the disk': control.lost ?? 0 },
    },
  ]
}

async function cutPowerUnder(cuts: number, synchronous: 'FULL' | 'NORMAL'): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-power-'))
  const disk = mount(join(folder, 'disk.img'), join(folder, 'mount'))
  const path = join(folder, 'mount', 'store.db')
  const key = randomBytes(32)
  let [acknowledged, lost, lostMeanwhile, torn, damaged, next] = [0, 0, 0, 0, 0, 0]
  const bad = new Set<number>()
  try {
    await makeStore(path, key)
    for (let cut = 1; cut <= cuts; cut += 1) {
      const said = await workUntilCut({ path, key, from: next, synchronous, mountPoint: join(folder, 'mount') })
      disk.mountAgain()
      const store = openStore({ path, key })
      try {
        const { driver } = store
        if (driver.pragma('integrity_check', { simple: true }) !== 'ok') damaged += 1
        const has = driver.prepare('select count(*) as n from fault_part where head_id = ?')
        const isGone = (commit: number) => (has.get(commit) as { n: number }).n !== 3
        const gone = said.before.filter(isGone)
        lostMeanwhile += said.meanwhile.filter(isGone).length
        const half = driver
          .prepare(
            'select count(*) as n from fault_head where (select count(*) from fault_part where head_id = id) <> 3',
          )
          .get() as { n: number }
        acknowledged += said.before.length
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
  return {
    fault: 'F5',
    what: 'power cut under the store module (ext4, not flushed)',
    tried: cuts,
    held: cuts - bad.size,
    lost,
    wrong: torn + damaged,
    figures: {
      'commits acknowledged before the cut': acknowledged,
      'said by the process while the power went, and not there': lostMeanwhile,
    },
  }
}

async function makeStore(path: string, key: Buffer): Promise<void> {
  const store = openStore({ path, key, create: true })
  store.driver.exec('create table fault_head (id integer primary key, text text not null)')
  store.driver.exec(
    'create table fault_part (head_id integer not null references fault_head (id), part integer not null)',
  )
  store.driver.exec('create index fault_part_of_head on fault_part (head_id)')
  await store.close()
  execFileSync('sync')
}

type Work = {
  readonly path: string
  readonly key: Buffer
  readonly from: number
  readonly mountPoint: string
  readonly synchronous: string
}

type Said = {
  /** Read here before the power was cut. */
  readonly before: readonly number[]
  /** Read here after it: a computer without power says nothing, but this process lived on for a moment. */
  readonly meanwhile: readonly number[]
}

async function workUntilCut({ path, key, from, mountPoint, synchronous }: Work): Promise<Said> {
  const switchOff = spawn('python3', ['-c', shutDown, mountPoint], { stdio: ['pipe', 'pipe', 'inherit'] })
  const isOff = new Promise((settle) => switchOff.once('exit', settle))
  await new Promise((settle) => switchOff.stdout.once('data', settle))
  const child = spawn(process.execPath, [script, path, key.toString('hex'), String(from), synchronous], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ended = new Promise((settle) => child.once('exit', settle))
  const said: number[] = []
  const started = Promise.withResolvers<null>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(Number(line))
    started.resolve(null)
  })
  await Promise.race([started.promise, ended])
  await new Promise((settle) => setTimeout(settle, 20 + Math.random() * 400))
  const before = said.length
  switchOff.stdin.end('x')
  await isOff
  child.kill('SIGKILL')
  await ended
  return { before: said.slice(0, before), meanwhile: said.slice(before) }
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
