import '../../../renderer/csp-safe-zod.ts'
import { useMantineColorScheme } from '@mantine/core'
import { type ReactNode, StrictMode, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { ThemeProvider } from '../../../renderer/app/ThemeProvider.tsx'
import { Counter, PageHeader } from '../../../renderer/parts/PageHeader.tsx'
import { FrameScene, RegisterButton, searchOutcome } from './frame-scene.tsx'
import { MapsScene } from './maps-scene.tsx'
import { SessionScene } from './session-scene.tsx'

const scenes: Readonly<Record<string, () => ReactNode>> = {
  session: () => <SessionScene />,
  maps: () => <MapsScene />,
  search: () => (
    <FrameScene current="today" search={{ text: 'wal jo 3/4/84', outcome: searchOutcome }}>
      <div className="gallery-shelf">
        <PageHeader
          title="Today"
          summary="30 patients · 5 done · 4 in rooms · 2 waiting"
          counters={
            <>
              <Counter count={4} lines={['consents', 'missing']} tone="amber" />
              <Counter count={3} lines={['blocked,', '1 awaits Dr Okafor']} tone="red" />
              <Counter count={5} lines={['follow-ups', 'due today']} />
              <Counter count={4} lines={['calls', 'to make']} />
            </>
          }
          action={<RegisterButton />}
        />
      </div>
    </FrameScene>
  ),
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
