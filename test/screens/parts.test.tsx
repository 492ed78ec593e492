import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { FieldDiff } from '../../renderer/parts/DiffTable.tsx'
import { MarkedText } from '../../renderer/parts/MarkedText.tsx'
import { assertSamePatient, PatientBanner } from '../../renderer/parts/PatientBanner.tsx'
import { SignatureStrip } from '../../renderer/parts/SignatureStrip.tsx'
import { glyphStates } from '../../renderer/parts/StateGlyph.tsx'
import { StateTag } from '../../renderer/parts/StateTag.tsx'
import type { PatientId } from '../../shared/kernel/ids.ts'

const patientId = 'patient-1' as PatientId

describe('the patient banner', () => {
  test('writes out what nobody asked and a birth date nobody knows', () => {
    const banner = textOf(
      <PatientBanner
        patientId={patientId}
        name={{ familyName: 'Osei', givenName: 'Nathaniel' }}
        bornOn={null}
        today="2026-08-03"
        chartNumber="C-10012"
        photoSrc={null}
        isLookAlike
        cells={[{ label: 'Allergies', value: 'Not asked' }]}
      />,
    )
    expect(banner).toContain('Osei, Nathaniel')
    expect(banner).toContain('look-alike')
    expect(banner).toContain('Birth date unknown')
    expect(banner).toContain('Allergies Not asked')
  })

  test("crashes rather than show another patient's record", () => {
    expect(() => assertSamePatient(patientId, 'patient-2' as PatientId)).toThrow('patient-2 under the banner')
    expect(() => assertSamePatient(patientId, patientId)).not.toThrow()
  })
})

describe('states', () => {
  test.each(glyphStates)('never shows %s by a shape alone', (state) => {
    expect(textOf(<StateTag state={state} />)).toMatch(/\w{3}/)
  })
})

describe('what changed in a field', () => {
  test('says the old and the new aloud', () => {
    expect(textOf(<FieldDiff label="Lot" before="MN26-0417C" after="MN26-0611A" />)).toBe(
      'Lot was MN26-0417C now MN26-0611A',
    )
  })

  test('says that a value was removed', () => {
    expect(textOf(<FieldDiff label="Note" before="No photos" after={null} />)).toBe('Note was No photos removed')
  })
})

describe('matched letters', () => {
  test.each([
    [[[0, 3]], '<mark class="marked-text">Wal</mark>ker'],
    [[], 'Walker'],
    [
      [
        [2, 4],
        [0, 3],
      ],
      '<mark class="marked-text">Wal</mark><mark class="marked-text">k</mark>er',
    ],
  ] as const)('underlines %o of Walker', (marks, markup) => {
    expect(renderToStaticMarkup(<MarkedText text="Walker" marks={marks} />)).toBe(markup)
  })
})

describe('the signature strip', () => {
  test('prints who signs, as what, for whom, meaning what, over which record', () => {
    const strip = textOf(
      <SignatureStrip
        printedName="Samuel Okafor, MD"
        credential="Dermatology"
        licence="MD-0148810"
        forWhom="for Lena Brook"
        meaning="Reviewed with deviations."
        sentence="I reviewed this record and its deviation."
        attestationVersion="1.3"
        recordVersion={1}
        sha256="9f3c41d7e02b55a1"
        signedText="03-Aug-2026, 10:47 CDT"
      />,
    )
    expect(strip).toBe(
      'Samuel Okafor, MD Dermatology, licence MD-0148810 , for Lena Brook Reviewed with deviations. I reviewed this ' +
        'record and its deviation. Attestation 1.3 · version 1 · record 9f3c 41d7 e02b Signed 03-Aug-2026, 10:47 CDT',
    )
  })
})

function textOf(part: ReactNode): string {
  return renderToStaticMarkup(<MantineProvider>{part}</MantineProvider>)
    .replace(/<style[\s\S]*?<\/style>|<script[\s\S]*?<\/script>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
