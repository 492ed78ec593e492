import './StoreFaultScreen.css'
import { IconAlertTriangle } from '@tabler/icons-react'
import { OutsideFrame } from './OutsideFrame.tsx'
import { type StoreFault, storeFaultTexts } from './store-fault-texts.ts'

/** Records that cannot be opened: what happened, what it means for them, what to do. Never an empty clinic instead. */
export function StoreFaultScreen({ fault }: { readonly fault: StoreFault }) {
  const text = storeFaultTexts[fault]
  return (
    <OutsideFrame name="Countersign" line="The records stay closed" width="wide">
      <div className="store-fault" role="alert">
        <h1 className="title-20">
          <IconAlertTriangle size={22} stroke={1.7} aria-hidden="true" />
          {text.title}
        </h1>
        <dl>
          <div>
            <dt>What happened</dt>
            <dd>{text.happened}</dd>
          </div>
          <div>
            <dt>What it means for the records</dt>
            <dd>{text.means}</dd>
          </div>
          <div>
            <dt>What to do</dt>
            <dd>{text.todo}</dd>
          </div>
        </dl>
        <p className="store-fault__code">
          For support: <span className="mono">{fault}</span>
        </p>
      </div>
    </OutsideFrame>
  )
}
