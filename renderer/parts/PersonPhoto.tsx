import './PersonPhoto.css'

export type PersonPhotoProps = {
  /** Address of the picture, or null while none is kept. */
  readonly src: string | null
  readonly size: 30 | 44 | 48
  /** Null where the name stands beside it and the picture adds nothing to hear. */
  readonly alt: string | null
}

export function PersonPhoto({ src, size, alt }: PersonPhotoProps) {
  const label = alt ?? undefined
  if (src !== null) return <img className="person-photo" src={src} width={size} height={size} alt={alt ?? ''} />
  return (
    <svg
      className="person-photo"
      width={size}
      height={size}
      viewBox="0 0 48 48"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <rect width="48" height="48" className="person-photo__ground" />
      <path d="M9 48c0-9.5 6.4-15 15-15s15 5.5 15 15z" className="person-photo__shape" />
      <path
        d="M24 10.5c-5.2 0-8.6 3.7-8.6 9.3 0 6.3 3.9 11.2 8.6 11.2s8.6-4.9 8.6-11.2c0-5.6-3.4-9.3-8.6-9.3z"
        className="person-photo__shape"
      />
    </svg>
  )
}
