import { photoMaxSidePx, thumbnailSidePx } from '../../../shared/domain/photo.ts'

export type MadePhoto = {
  /** JPEG, upright, longest side at most 2,048 px, nothing but picture. */
  readonly image: Uint8Array
  readonly thumbnail: Uint8Array
  readonly widthPx: number
  readonly heightPx: number
}

/**
 * Turns the picture upright as its camera meant it, makes it small enough to keep and codes it anew, which leaves every
 * note of the camera behind. Null where the browser cannot read the file as a picture.
 */
export async function makePhoto(file: Blob): Promise<MadePhoto | null> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (!bitmap) return null
  try {
    const image = await drawSmaller(bitmap, photoMaxSidePx, 0.9)
    const thumbnail = await drawSmaller(bitmap, thumbnailSidePx, 0.8)
    return image && thumbnail
      ? { image: image.bytes, thumbnail: thumbnail.bytes, widthPx: image.widthPx, heightPx: image.heightPx }
      : null
  } finally {
    bitmap.close()
  }
}

async function drawSmaller(bitmap: ImageBitmap, maxSidePx: number, quality: number) {
  const scale = Math.min(1, maxSidePx / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const brush = canvas.getContext('2d')
  if (!brush) return null
  brush.imageSmoothingQuality = 'high'
  // Pictures with clear parts lie on white, as JPEG knows no clear.
  brush.fillStyle = '#fff'
  brush.fillRect(0, 0, canvas.width, canvas.height)
  brush.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  const coded = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality))
  return coded && { bytes: new Uint8Array(await coded.arrayBuffer()), widthPx: canvas.width, heightPx: canvas.height }
}
