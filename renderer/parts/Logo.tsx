/** Two ticks, one behind the other: signed twice. */
export function Logo({ size = 28 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" role="img" aria-label="Countersign">
      <rect width="28" height="28" rx="6.5" fill="var(--accent)" />
      <path
        d="M13.6 18.9 21.4 9.6"
        fill="none"
        stroke="var(--on-accent)"
        strokeOpacity="0.55"
        strokeWidth="2"
        strokeLinecap="round"
      />
      <path
        d="M6.4 14.6 9.7 18.3 16.4 9.6"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
