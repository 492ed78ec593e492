import { createContext, type ReactNode, useContext, useState } from 'react'
import { createPortal } from 'react-dom'

const BannerContext = createContext<{
  readonly place: HTMLElement | null
  readonly setPlace: (place: HTMLElement | null) => void
} | null>(null)

export function BannerProvider({ children }: { readonly children: ReactNode }) {
  const [place, setPlace] = useState<HTMLElement | null>(null)
  return <BannerContext.Provider value={{ place, setPlace }}>{children}</BannerContext.Provider>
}

export function BannerOutlet() {
  const banner = useContext(BannerContext)
  return <div ref={banner?.setPlace} />
}

/** A screen about one patient puts its `<PatientBanner>` in here; the shell shows it above the screen, unscrolled. */
export function ShellBanner({ children }: { readonly children: ReactNode }) {
  const banner = useContext(BannerContext)
  return banner?.place ? createPortal(children, banner.place) : null
}
