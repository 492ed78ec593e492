import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router'
import type { RouteName } from './paths.ts'

/**
 * Which screen stands at which address. One line per screen, loaded when first opened:
 * `today: lazyRouteComponent(() => import('../screens/today/TodayScreen.tsx'), 'TodayScreen')`.
 */
export const screens: Readonly<Partial<Record<RouteName, RouteComponent>>> = {
  clinic: lazyRouteComponent(() => import('../screens/clinic/ClinicScreen.tsx'), 'ClinicScreen'),
  clinicPart: lazyRouteComponent(() => import('../screens/clinic/ClinicScreen.tsx'), 'ClinicScreen'),
  screening: lazyRouteComponent(() => import('../screens/screening/ScreeningScreen.tsx'), 'ScreeningScreen'),
  consent: lazyRouteComponent(() => import('../screens/consent/ConsentScreen.tsx'), 'ConsentScreen'),
}
