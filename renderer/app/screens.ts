import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router'
import type { RouteName } from './paths.ts'

/**
 * Which screen stands at which address. One line per screen, loaded when first opened:
 * `today: lazyRouteComponent(() => import('../screens/today/TodayScreen.tsx'), 'TodayScreen')`.
 */
export const screens: Readonly<Partial<Record<RouteName, RouteComponent>>> = {
  patients: lazyRouteComponent(() => import('../screens/patient/PatientsScreen.tsx'), 'PatientsScreen'),
  register: lazyRouteComponent(() => import('../screens/patient/RegisterScreen.tsx'), 'RegisterScreen'),
  importPatients: lazyRouteComponent(() => import('../screens/patient-import/ImportScreen.tsx'), 'ImportScreen'),
  duplicates: lazyRouteComponent(() => import('../screens/patient-merge/DuplicatesScreen.tsx'), 'DuplicatesScreen'),
  merge: lazyRouteComponent(() => import('../screens/patient-merge/MergeScreen.tsx'), 'MergeScreen'),
  editPatient: lazyRouteComponent(() => import('../screens/patient/EditPatientScreen.tsx'), 'EditPatientScreen'),
  clinic: lazyRouteComponent(() => import('../screens/clinic/ClinicScreen.tsx'), 'ClinicScreen'),
  clinicPart: lazyRouteComponent(() => import('../screens/clinic/ClinicScreen.tsx'), 'ClinicScreen'),
  screening: lazyRouteComponent(() => import('../screens/screening/ScreeningScreen.tsx'), 'ScreeningScreen'),
  consent: lazyRouteComponent(() => import('../screens/consent/ConsentScreen.tsx'), 'ConsentScreen'),
  calendar: lazyRouteComponent(() => import('../screens/calendar/CalendarScreen.tsx'), 'CalendarScreen'),
  today: lazyRouteComponent(() => import('../screens/today/TodayScreen.tsx'), 'TodayScreen'),
  plan: lazyRouteComponent(() => import('../screens/series/PlanScreen.tsx'), 'PlanScreen'),
  outcome: lazyRouteComponent(() => import('../screens/outcome/OutcomeScreen.tsx'), 'OutcomeScreen'),
  amendments: lazyRouteComponent(() => import('../screens/amendment-request/AmendmentsScreen.tsx'), 'AmendmentsScreen'),
  photos: lazyRouteComponent(() => import('../screens/photo/PhotosScreen.tsx'), 'PhotosScreen'),
  session: lazyRouteComponent(() => import('../screens/session/SessionScreen.tsx'), 'SessionScreen'),
  order: lazyRouteComponent(() => import('../screens/order/OrderScreen.tsx'), 'OrderScreen'),
  stock: lazyRouteComponent(() => import('../screens/stock/StockScreen.tsx'), 'StockScreen'),
  recalls: lazyRouteComponent(() => import('../screens/recall/RecallsScreen.tsx'), 'RecallsScreen'),
  trace: lazyRouteComponent(() => import('../screens/recall/TraceScreen.tsx'), 'TraceScreen'),
  recall: lazyRouteComponent(() => import('../screens/recall/RecallScreen.tsx'), 'RecallScreen'),
  lookBack: lazyRouteComponent(() => import('../screens/recall/LookBackScreen.tsx'), 'LookBackScreen'),
  signOff: lazyRouteComponent(() => import('../screens/sign-off/SignOffScreen.tsx'), 'SignOffScreen'),
  chart: lazyRouteComponent(() => import('../screens/chart/ChartScreen.tsx'), 'ChartScreen'),
  complication: lazyRouteComponent(
    () => import('../screens/complication/ComplicationScreen.tsx'),
    'ComplicationScreen',
  ),
  followUp: lazyRouteComponent(() => import('../screens/follow-up/FollowUpScreen.tsx'), 'FollowUpScreen'),
}
