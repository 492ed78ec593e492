import './NewPasswordField.css'
import { PasswordInput } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useId } from 'react'
import { showTypedButton } from './password-toggle.ts'
import { readSecretStrength, secretMinLength } from './secret-strength.ts'

export type NewPasswordFieldProps = {
  readonly label: string
  readonly description?: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Names that it should not repeat. */
  readonly words: readonly string[]
}

/** A new password or passphrase, with what is still missing said while it is typed. */
export function NewPasswordField({ label, description, value, onChange, words }: NewPasswordFieldProps) {
  const hintId = useId()
  const strength = readSecretStrength(value, words)
  const share = Math.min(100, (value.length / secretMinLength) * 100)
  return (
    <div>
      <PasswordInput
        visibilityToggleButtonProps={showTypedButton}
        label={label}
        description={description}
        size="md"
        autoComplete="new-password"
        required
        withAsterisk={false}
        maxLength={256}
        value={value}
        aria-describedby={hintId}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <div className="new-password__meter" data-enough={strength.isEnough} aria-hidden="true">
        <div style={{ width: `${share}%` }} />
      </div>
      <p className="new-password__hint" id={hintId} aria-live="polite" data-tone={strength.tone}>
        {strength.tone === 'green' && <IconCheck size={14} stroke={1.8} aria-hidden="true" />}
        {strength.tone === 'amber' && <IconAlertTriangle size={14} stroke={1.8} aria-hidden="true" />}
        {strength.sentence}
      </p>
    </div>
  )
}
