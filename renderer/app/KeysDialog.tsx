import './KeysDialog.css'
import { Modal, Switch } from '@mantine/core'
import { KeyHint } from '../parts/KeyHint.tsx'
import type { ListedShortcut } from '../parts/shortcuts.tsx'

export type KeysDialogProps = {
  readonly isOpen: boolean
  readonly onClose: () => void
  /** The keys of the screen as it is now, from `useShortcutList().list()`. */
  readonly shortcuts: readonly ListedShortcut[]
  readonly hasSingleKeys: boolean
  readonly onSingleKeysChange: (hasSingleKeys: boolean) => void
}

export function KeysDialog({ isOpen, onClose, shortcuts, hasSingleKeys, onSingleKeysChange }: KeysDialogProps) {
  const groups = [...new Set(shortcuts.map((shortcut) => shortcut.group))]
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keys" size={640}>
      <div className="keys-dialog">
        {groups.map((group) => (
          <section key={group}>
            <h3 className="label-11">{group}</h3>
            <dl>
              {shortcuts
                .filter((shortcut) => shortcut.group === group)
                .map((shortcut) => (
                  <div key={shortcut.keys} data-silent={!hasSingleKeys && isSingle(shortcut.keys)}>
                    <dt>{shortcut.label}</dt>
                    <dd>
                      {shortcut.keys.split(' ').map((key) => (
                        <KeyHint key={key} keys={key} />
                      ))}
                      <span className="visually-hidden">{shortcut.keys}</span>
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="keys-dialog__foot">
        <Switch
          label="Single letters are keys"
          description="They never act while you type. Off, only keys with Ctrl or Alt remain."
          checked={hasSingleKeys}
          onChange={(event) => onSingleKeysChange(event.currentTarget.checked)}
        />
      </div>
    </Modal>
  )
}

function isSingle(keys: string): boolean {
  return !keys.includes('Ctrl') && !keys.includes('Alt')
}
