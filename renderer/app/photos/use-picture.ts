import { useEffect, useState } from 'react'
import type { PatientId, PhotoId } from '../../../shared/kernel/ids.ts'
import { client } from '../../client/client.ts'
import { blobAddress } from '../../client/transport.ts'
import { sentenceFor } from '../../refusals/index.ts'

type Picture = { readonly photoId: PhotoId | null; readonly src: string | null; readonly refusal: string | null }
const nothing: Picture = { photoId: null, src: null, refusal: null }

/** The address of a kept picture in full size, or the sentence why there is none. Opening it is on record. */
export function usePicture(patientId: PatientId, photoId: PhotoId | null): Picture {
  const [picture, setPicture] = useState<Picture>(nothing)
  useEffect(() => {
    if (photoId === null) return
    let isOver = false
    client
      .call('photo.open', { patientId, photoId })
      .then((reply) => {
        if (isOver) return
        setPicture(
          reply.ok
            ? { photoId, src: blobAddress(reply.value.token), refusal: null }
            : { photoId, src: null, refusal: sentenceFor(reply.refusal) },
        )
      })
      .catch(() => isOver || setPicture({ photoId, src: null, refusal: sentenceFor({ code: 'UNREACHABLE' }) }))
    return () => {
      isOver = true
    }
  }, [patientId, photoId])
  // Until the answer for this picture is here, the one before it is not shown in its place.
  return picture.photoId === photoId ? picture : nothing
}
