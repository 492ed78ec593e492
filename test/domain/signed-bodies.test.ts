import { describe, expect, test } from 'vitest'
import { addendumBody } from '../../shared/contract/schemas/addendum.ts'
import { complicationBody } from '../../shared/contract/schemas/complication.ts'
import { consentBody, consentTemplate, consentWithdrawal } from '../../shared/contract/schemas/consent.ts'
import { returnBody, signOffBody } from '../../shared/contract/schemas/sign-off.ts'
import { modelConsentTemplate } from '../../shared/domain/consent/model-text.ts'
import { renderConsent } from '../../shared/domain/consent/render-consent.ts'
import {
  addendumBodyOf,
  complicationBodyOf,
  consentBodyOf,
  frontDesk,
  marasValues,
  okafor,
  signOffBodyOf,
} from './record-bodies.ts'

const bodies = [
  ['consent/1', consentBody, consentBodyOf()],
  ['sign-off/1', signOffBody, signOffBodyOf()],
  ['addendum/1', addendumBody, addendumBodyOf()],
  ['complication/1', complicationBody, complicationBodyOf()],
] as const

describe('the bodies that are signed', () => {
  test.each(bodies)('%s passes its schema unchanged, also as JSON', (_, schema, body) => {
    expect(schema.parse(JSON.parse(JSON.stringify(body)))).toEqual(body)
  })

  test.each(bodies)('%s refuses a field it does not know', (_, schema, body) => {
    expect(schema.safeParse({ ...body, note2: '' }).success).toBe(false)
  })

  test.each(bodies)('%s refuses to miss any of its fields', (_, schema, body) => {
    const accepted = Object.keys(body).filter((field) => {
      const rest = Object.fromEntries(Object.entries(body).filter(([name]) => name !== field))
      return schema.safeParse(rest).success
    })
    expect(accepted).toEqual([])
  })

  test.each(bodies)('%s refuses another schema name', (_, schema, body) => {
    expect(schema.safeParse({ ...body, schema: 'session/1' }).success).toBe(false)
  })

  test('a complication whose grades contradict its history is refused', () => {
    expect(complicationBody.safeParse(complicationBodyOf({ grade: 2 })).success).toBe(false)
  })

  test('the model template and a consent rendered from it pass', () => {
    const template = modelConsentTemplate('2026-01-01')
    expect(consentTemplate.parse(template)).toEqual(template)
    const rendered = renderConsent(template, marasValues)
    if (!rendered.ok) throw new Error(rendered.refusal.code)
    const body = consentBodyOf({ document: { ...rendered.value, sha256: 'a'.repeat(64) } })
    expect(consentBody.parse(body)).toEqual(body)
  })

  test('a withdrawal names at least one scope', () => {
    const withdrawal = {
      by: 'Helen Marsh',
      at: '2026-07-03T15:00:00.000Z',
      how: 'VERBAL',
      scopes: ['SERIES', 'PHOTO_MARKETING'],
      takenBy: frontDesk,
      note: '',
    }
    expect(consentWithdrawal.safeParse(withdrawal).success).toBe(true)
    expect(consentWithdrawal.safeParse({ ...withdrawal, scopes: [] }).success).toBe(false)
  })

  test('a return points at fields by JSON pointers', () => {
    const body = {
      reason: 'Please complete',
      pointers: [{ path: '/anaesthetic/offAt', text: 'missing' }],
      dueAt: '2026-06-11T15:00:00.000Z',
      returnedBy: okafor,
      returnedAt: '2026-06-10T15:00:00.000Z',
      takeoverReason: null,
    }
    expect(returnBody.safeParse(body).success).toBe(true)
    expect(returnBody.safeParse({ ...body, pointers: [{ path: 'anaesthetic', text: 'x' }] }).success).toBe(false)
    expect(returnBody.safeParse({ ...body, pointers: [] }).success).toBe(false)
  })
})
