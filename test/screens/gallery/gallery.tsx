import '../../../renderer/csp-safe-zod.ts'
import { useMantineColorScheme } from '@mantine/core'
import { type ReactNode, StrictMode, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { ThemeProvider } from '../../../renderer/app/ThemeProvider.tsx'
import { ChartScene } from './chart-scene.tsx'
import { ControlsScene } from './controls-scene.tsx'
import { MapsScene } from './maps-scene.tsx'
import { PatientReadScene, PatientSignScene } from './patient-scenes.tsx'
import { SessionScene } from './session-scene.tsx'
import { SignOffScene } from './sign-off-scene.tsx'
import { FirstRunScene, WizardScene } from './start-scenes.tsx'
import { TodayScene } from './today-scene.tsx'

const scenes: Readonly<Record<string, () => ReactNode>> = {
  today: () => <TodayScene />,
  search: () => <TodayScene hasSearch />,
  chart: () => <ChartScene />,
  session: () => <SessionScene />,
  'sign-off': () => <SignOffScene />,
  maps: () => <MapsScene />,
  controls: () => <ControlsScene />,
  reauth: () => <ControlsScene dialog="reauth" />,
  confirm: () => <ControlsScene dialog="confirm" />,
  'patient-read': () => <PatientReadScene />,
  'patient-sign': () => <PatientSignScene />,
  'first-run': () => <FirstRunScene />,
  wizard: () => <WizardScene />,
}

/** `?scene=chart&scheme=dark` shows one scene; without a scene the list of them. */
function Gallery() {
  const asked = new URLSearchParams(window.location.search)
  const { setColorScheme } = useMantineColorScheme()
  const scheme = asked.get('scheme') === 'dark' ? 'dark' : 'light'
  useEffect(() => setColorScheme(scheme), [scheme, setColorScheme])
  const scene = scenes[asked.get('scene') ?? '']
  if (scene) return scene()
  return (
    <ul>
      {Object.keys(scenes).map((name) => (
        <li key={name}>
          <a href={`?scene=${name}`}>{name}</a>
        </li>
      ))}
    </ul>
  )
}

const place = document.getElementById('root')
if (!place) throw new Error('the page has no #root')
createRoot(place).render(
  <StrictMode>
    <ThemeProvider>
      <Gallery />
    </ThemeProvider>
  </StrictMode>,
)
