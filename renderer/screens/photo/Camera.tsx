import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { RefusalText } from '../../parts/RefusalText.tsx'

/** The clinic's camera, on only while this stands on the screen. Gives one still picture per press. */
export function Camera({
  onPicture,
  onClose,
}: {
  readonly onPicture: (picture: Blob) => void
  readonly onClose: () => void
}) {
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<'opening' | 'on' | 'none'>('opening')

  useEffect(() => {
    let isOver = false
    let stream: MediaStream | null = null
    openCamera()
      .then((opened) => {
        stream = opened
        if (isOver) return stop(opened)
        if (video.current) video.current.srcObject = opened
        setState('on')
      })
      .catch(() => setState('none'))
    return () => {
      isOver = true
      if (stream) stop(stream)
    }
  }, [])

  async function take() {
    const picture = video.current && (await stillOf(video.current))
    if (picture) onPicture(picture)
  }

  return (
    <div className="photo-camera">
      {state === 'none' ? (
        <RefusalText>
          No camera answered. It may be in use by another program, or not be allowed; a picture can be chosen from a
          file instead.
        </RefusalText>
      ) : (
        <video ref={video} autoPlay playsInline muted aria-label="What the camera sees" />
      )}
      <div className="photo-camera__actions">
        <Button variant="filled" disabled={state !== 'on'} onClick={() => void take()}>
          Take the picture
        </Button>
        <Button onClick={onClose}>Turn the camera off</Button>
      </div>
    </div>
  )
}

async function openCamera(): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: 'environment', width: { ideal: 2048 }, height: { ideal: 1536 } },
  })
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

function stillOf(video: HTMLVideoElement): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  return new Promise((done) => canvas.toBlob(done, 'image/png'))
}
