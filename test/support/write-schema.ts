import { writeFileSync } from 'node:fs'
import { schemaText } from './schema-text.ts'

writeFileSync(new URL('../../db/schema.sql', import.meta.url), await schemaText())
