import { randomUUID } from 'node:crypto'
import { describe, expect, it, test } from 'vitest'
import { many } from '../../db/records.ts'
import { readInput } from '../../main/app/read-input.ts'
import { newClinic, type TestClinic } from '../support/clinic.ts'
import { pathText, placesIn, procedures, sampleInput, valueAt, withValueAt } from '../support/sample-input.ts'

type Answer = { readonly code: string; readonly field: unknown }

describe('F33 the samples of these tests', () => {
  test.for(procedures.map(({ name, definition }) => [name, definition] as const))(
    '%s takes its own',
    ([, definition]) => {
      const parsed = definition.input.safeParse(sampleInput(definition.input))
      expect(parsed.success ? [] : parsed.error.issues.slice(0, 3)).toEqual([])
    },
  )
})

describe('F33 bad input', () => {
  it('gets a refusal that names its field, from every procedure, and writes nothing', async () => {
    const clinic = await newClinic()
    const before = changesIn(clinic)
    const wrong: unknown[] = []
    let asked = 0
    for (const { name, definition } of procedures)
      for (const { what, field, input } of schemaHarms(sampleInput(definition.input))) {
        // Where the schema takes it, it is not bad: an optional member left out, any text for a text.
        if (definition.input.safeParse(input).success) continue
        asked += 1
        const answer = await ask(clinic, name, input)
        if (answer.code !== 'INVALID_INPUT' || !isAbout(answer.field, field)) wrong.push([name, what, field, answer])
      }
    expect(wrong).toEqual([])
    expect(asked).toBeGreaterThan(10 * procedures.length)
    expect(changesIn(clinic)).toEqual(before)
  })

  const hostile: readonly (readonly [what: string, value: unknown])[] = [
    ['NUL', 'Lan\0tern'],
    ['a control character', 'Lan\u0007tern'],
    ['a control character of the second set', 'Lan\u0085tern'],
    ['an escape', '\u001b[31mLantern'],
    ['half of a surrogate pair', 'Lan\ud83dtern'],
    ['the other half', '\udca9Lantern'],
    ['a hundred lists in each other', nested(100)],
    ['a member that reaches the prototype', JSON.parse('{"__proto__": {"isManager": true}}')],
    ['a constructor', { constructor: { prototype: {} } }],
    ['a prototype', { prototype: 1 }],
  ]
  it('that is hostile is refused in every field of every procedure', async () => {
    const clinic = await newClinic()
    const before = changesIn(clinic)
    const wrong: unknown[] = []
    for (const [what, value] of hostile)
      for (const { name, definition } of procedures) {
        const sample = sampleInput(definition.input)
        const places = placesIn(sample).filter((place) => !isContainer(valueAt(sample, place)))
        for (const place of [...places, ['surplus']]) {
          const answer = await ask(clinic, name, withValueAt(sample, place, value))
          const isNamed = typeof answer.field === 'string' && answer.field.startsWith(pathText(place))
          if (answer.code !== 'INVALID_INPUT' || !isNamed) wrong.push([what, name, pathText(place), answer])
        }
      }
    expect(wrong).toEqual([])
    expect(changesIn(clinic)).toEqual(before)
  })

  it('of ten million characters is refused unread', async () => {
    const clinic = await newClinic()
    const before = changesIn(clinic)
    const text = JSON.stringify({ name: 'NAME', input: { text: 'x'.repeat(10_000_000) }, key: randomUUID() })
    for (const { name } of procedures.slice(0, 20))
      expect(await clinic.app.call(clinic.manager.connection, text.replace('NAME', name))).toBe(
        '{"ok":false,"refusal":{"code":"TOO_LARGE"}}',
      )
    expect(changesIn(clinic)).toEqual(before)
  })

  it('just under the limit is read, and counted in bytes', async () => {
    const clinic = await newClinic()
    const call = (filler: string) =>
      clinic.app.call(clinic.manager.connection, JSON.stringify({ name: 'staff.list', input: { x: filler } }))
    const room = 1024 * 1024 - Buffer.byteLength(JSON.stringify({ name: 'staff.list', input: { x: '' } }))
    expect(JSON.parse(await call('x'.repeat(room)))).toEqual({
      ok: false,
      refusal: { code: 'INVALID_INPUT', facts: { field: 'x' } },
    })
    expect(JSON.parse(await call('x'.repeat(room + 1)))).toEqual({ ok: false, refusal: { code: 'TOO_LARGE' } })
    expect(JSON.parse(await call('\u00e9'.repeat(room / 2 + 1)))).toEqual({ ok: false, refusal: { code: 'TOO_LARGE' } })
  })

  const texts: readonly (readonly [text: string, field: string])[] = [
    ['', ''],
    ['nonsense', ''],
    ['{', ''],
    ['{"name":"staff.list","input":{}', ''],
    ['null', 'name'],
    ['[]', 'name'],
    ['17', 'name'],
    ['"staff.list"', 'name'],
    ['{}', 'name'],
    ['{"name":null}', 'name'],
    ['{"name":["staff.list"]}', 'name'],
    ['{"name":"staff.list","input":{},"key":7}', 'key'],
    ['{"name":"staff.list","input":{},"key":"not a key"}', 'key'],
    ['{"name":"staff.list","input":{},"key":"5F8E2C90-7A44-4C7E-8D0B-1E2F3A4B5C6D"}', 'key'],
    ['{"name":"staff.list","input":{"a":NaN}}', ''],
    ['{"name":"staff.list","input":{"a":undefined}}', ''],
    ['{"name":"staff.list","input":{"depth":1e999}}', 'depth'],
    ['{"name":"staff.list","input":{"list":[1,-1e999]}}', 'list[1]'],
    ['{"name":"staff.list","input":[]}', ''],
    ['{"name":"staff.list","input":null}', ''],
    ['{"name":"staff.list","input":"all"}', ''],
    ['{"__proto__":{"name":"staff.list"},"name":"staff.list"}', '__proto__'],
    ['{"name":"staff.list","input":{"a":1,"a\u0301":1,"\u00e1":2}}', '\u00e1'],
    [`{"name":"staff.list","input":${'['.repeat(300_000)}${']'.repeat(300_000)}}`, `${'[0]'.repeat(40)}`.slice(0, 200)],
    ['{"name":"staff.list","input":{"\ud800":1}}', ''],
  ]
  it('that is no request is refused, and its field named', async () => {
    const clinic = await newClinic()
    const before = changesIn(clinic)
    for (const [text, field] of texts) {
      const reply = JSON.parse(await clinic.app.call(clinic.manager.connection, text))
      const shown = text.slice(0, 80)
      expect([shown, reply.refusal?.code, String(reply.refusal?.facts?.field).slice(0, 100)]).toEqual([
        shown,
        'INVALID_INPUT',
        field.slice(0, 100),
      ])
    }
    expect(changesIn(clinic)).toEqual(before)
  })

  it('is told apart before anybody is asked who they are', async () => {
    const clinic = await newClinic()
    await clinic.manager.must('signIn.signOut', {})
    expect(await ask(clinic, 'staff.invite', {})).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await ask(clinic, 'staff.list', {})).toMatchObject({ code: 'SIGNED_OUT' })
  })

  it('is refused where a command comes without its key', async () => {
    const clinic = await newClinic()
    const wrong: unknown[] = []
    for (const { name, definition } of procedures.filter((procedure) => procedure.definition.keyed)) {
      const text = JSON.stringify({ name, input: sampleInput(definition.input) })
      const reply = JSON.parse(await clinic.app.call(clinic.manager.connection, text))
      if (reply.refusal?.facts?.field !== 'key') wrong.push([name, reply])
    }
    expect(wrong).toEqual([])
  })
})

describe('F33 a name that is no procedure', () => {
  const names = [
    '',
    'staff',
    'staff.',
    '.list',
    'staff.list.call',
    'staff.List',
    'staff.__proto__',
    'staff.constructor',
    'staff.toString',
    'staff.hasOwnProperty',
    '__proto__.toString',
    '__proto__.list',
    'constructor.x',
    'constructor.constructor',
    'toString.call',
    'staff list',
    'staff/list',
    'staff.list ',
    'ｓtaff.list',
  ]

  it('is unknown, and nothing happens', async () => {
    const clinic = await newClinic()
    const before = changesIn(clinic)
    for (const name of names)
      expect([name, await ask(clinic, name, {})]).toEqual([name, { code: 'UNKNOWN_PROCEDURE', field: undefined }])
    expect(changesIn(clinic)).toEqual(before)
  })
})

describe('F33 text that comes in', () => {
  it('is stored composed, however it was typed', async () => {
    const clinic = await newClinic()
    const { staffId } = await clinic.hire(['frontDesk'])
    await clinic.manager.must('staff.edit', {
      staffId,
      version: 2,
      printedName: 'Zoe\u0308 Franc\u0327ois',
      credential: '',
      boardCertification: null,
      licence: null,
      examinerKind: null,
    })
    const rows = await many<{ printed_name: string }>(
      clinic.app.services.storeLife.open.store.db,
      'select printed_name from staff where id = ?',
      [staffId],
    )
    expect(rows).toEqual([{ printed_name: 'Zo\u00eb Fran\u00e7ois' }])
  })

  it('keeps everything else as it is', () => {
    const value = { a: ['x\ny\tz\r\n', 1.5, true, null, { '\u{1f600}': '\u202e right to left' }], b: '' }
    expect(readInput(value)).toEqual({ ok: true, value })
  })

  it('becomes plain objects: nothing of another shape gets past the door', () => {
    const read = readInput(JSON.parse('{"a":{"b":[-0]}}'))
    expect(read.ok && Object.is((read.value as { a: { b: number[] } }).a.b[0], 0)).toBe(true)
  })

  it('is whole at the deepest place that is allowed, and refused one below', () => {
    expect(readInput(nested(40)).ok).toBe(true)
    expect(readInput(nested(41))).toMatchObject({ ok: false })
  })
})

type Harm = { readonly what: string; readonly field: string; readonly input: unknown }

/** One thing wrong at a time, in every place. */
function schemaHarms(sample: unknown): readonly Harm[] {
  return placesIn(sample).flatMap((place) => {
    const value = valueAt(sample, place)
    const harm = (what: string, replacement: unknown): Harm => ({
      what,
      field: pathText(place),
      input: withValueAt(sample, place, replacement),
    })
    const others = [17, 'text of another kind', true, [], { of: 'another kind' }].filter(
      (other) => typeof other !== typeof value || Array.isArray(other) !== Array.isArray(value),
    )
    return [
      ...(place.length > 0 && typeof place.at(-1) === 'string' ? [harm('missing', undefined)] : []),
      harm('null', null),
      harm('NaN as text', 'NaN'),
      ...others.map((other) => harm(`${typeof other} instead`, other)),
      ...(typeof value === 'string' ? [harm('too long', 'x'.repeat(20_000))] : []),
      ...(typeof value === 'number'
        ? [harm('too large', 1e300), harm('a fraction', 0.123456), harm('negative', -1e15)]
        : []),
      ...(isContainer(value) && !Array.isArray(value)
        ? [
            {
              what: 'surplus',
              field: pathText([...place, 'surplus']),
              input: withValueAt(sample, [...place, 'surplus'], 1),
            },
          ]
        : []),
    ]
  })
}

/** The named field is the harmed one, one inside it, or the choice that it decides. */
function isAbout(named: unknown, harmed: string): boolean {
  if (typeof named !== 'string') return false
  return named.startsWith(harmed) || (named !== '' && harmed.startsWith(named))
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

function nested(depth: number): unknown {
  return depth === 0 ? 'Lantern' : [nested(depth - 1)]
}

async function ask(clinic: TestClinic, name: string, input: unknown): Promise<Answer> {
  const reply = JSON.parse(
    await clinic.app.call(clinic.manager.connection, JSON.stringify({ name, input, key: randomUUID() })),
  )
  return { code: reply.ok ? 'ok' : reply.refusal.code, field: reply.refusal?.facts?.field }
}

/** Rows written since the store was opened: nothing is written where this stays. */
function changesIn({ app }: TestClinic): unknown {
  return app.services.storeLife.open.store.driver.prepare('select total_changes() as changes').get()
}
