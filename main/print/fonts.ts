import { fileURLToPath } from 'node:url'
import type { Host } from '../hosts/host.ts'

export const fontFiles = {
  normal: '400Regular/NotoSans_400Regular.ttf',
  bold: '600SemiBold/NotoSans_600SemiBold.ttf',
  italics: '400Regular_Italic/NotoSans_400Regular_Italic.ttf',
} as const

export type FontPaths = Readonly<Record<keyof typeof fontFiles, string>>

/** The build copies the fonts beside the workers; from source they lie where `npm ci` put them. */
export function fontPathsOf(host: Host): FontPaths {
  const folder =
    host.workers.ending === '.ts'
      ? new URL('../../node_modules/@expo-google-fonts/noto-sans/', host.workers.base)
      : new URL('../fonts/', host.workers.base)
  const path = (style: keyof typeof fontFiles) => fileURLToPath(new URL(fontFiles[style], folder))
  return { normal: path('normal'), bold: path('bold'), italics: path('italics') }
}
