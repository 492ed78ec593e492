import type { ImportId } from '../../../shared/kernel/ids.ts'
import { paths } from '../../app/paths.ts'

/** Address of one import. It holds an id and nothing of anybody. */
export function importPath(importId: ImportId): string {
  return `${paths.importPatients}?import=${importId}`
}
