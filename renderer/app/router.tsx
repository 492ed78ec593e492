import { createHashHistory, createRootRoute, createRoute, createRouter, Navigate } from '@tanstack/react-router'
import { EmptyState } from '../parts/EmptyState.tsx'
import { AppFrame, type UseFrame } from './AppFrame.tsx'
import { hrefTo, paths, type RouteName } from './paths.ts'
import { ScreenError } from './ScreenError.tsx'
import { screens } from './screens.ts'

/** Hash history: the page is one file, whether it comes from app:// or from the preview. */
export function createAppRouter(useFrame: UseFrame) {
  const root = createRootRoute({
    component: () => <AppFrame useFrame={useFrame} />,
    errorComponent: ScreenError,
    notFoundComponent: NoSuchScreen,
  })
  const start = createRoute({
    getParentRoute: () => root,
    path: '/',
    component: () => <Navigate to={paths.today} replace />,
  })
  const routes = (Object.keys(paths) as RouteName[]).map((name) =>
    createRoute({
      getParentRoute: () => root,
      path: paths[name],
      component: screens[name] ?? NoSuchScreen,
      errorComponent: ScreenError,
    }),
  )
  return createRouter({
    routeTree: root.addChildren([start, ...routes]),
    history: createHashHistory(),
    defaultPreload: false,
    scrollRestoration: false,
  })
}

function NoSuchScreen() {
  return (
    <EmptyState sentence="There is no screen at this address." action={<a href={hrefTo(paths.today)}>Go to Today</a>} />
  )
}
