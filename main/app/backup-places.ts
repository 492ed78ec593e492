import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Where backups were made, beside the records: the plan stands in the store, which is what cannot be read when a backup is
 * needed most. Folder names only.
 */
const placesName = 'backup-places.json'
const mostPlaces = 10

export function rememberPlace(data: string, place: string): void {
  const places = [place, ...rememberedPlaces(data).filter((known) => known !== place)].slice(0, mostPlaces)
  writeFileSync(join(data, placesName), JSON.stringify(places), { mode: 0o600 })
}

export function rememberedPlaces(data: string): readonly string[] {
  const path = join(data, placesName)
  if (!existsSync(path)) return []
  try {
    const places: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return Array.isArray(places) ? places.filter((place) => typeof place === 'string').slice(0, mostPlaces) : []
  } catch {
    // A list that was cut off by a crash costs a person one look for the folder.
    return []
  }
}
