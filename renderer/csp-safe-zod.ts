import { z } from 'zod'

// zod 4 probes `new Function` unless told not to, which the content security policy answers with an error.
// This must be the first import of every renderer entry: a module body runs before the importer's own statements.
z.config({ jitless: true })
