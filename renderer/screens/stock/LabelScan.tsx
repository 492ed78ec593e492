import { useState } from 'react'
import { type Gs1Code, readStockCode } from '../../../shared/domain/gs1.ts'
import type { CalendarDate } from '../../../shared/kernel/time.ts'
import { ScanField } from '../../parts/ScanField.tsx'

/** Scan or type the label of the box once; what it says goes into the fields below, where it can be corrected. */
export function LabelScan({
  today,
  onRead,
}: {
  readonly today: CalendarDate
  readonly onRead: (code: Gs1Code) => void
}) {
  const [text, setText] = useState('')
  return (
    <div className="stock-form__wide">
      <ScanField
        label="Label, scanned or typed"
        description="Fills in the fields below; they can be typed as well"
        isFirst
        today={today}
        value={text}
        onChange={(typed) => {
          setText(typed)
          const code = readStockCode(typed, today)
          if (code.kind === 'GS1') onRead(code)
        }}
      />
    </div>
  )
}
