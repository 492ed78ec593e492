import { registerHooks } from 'node:module'

// Loaded with --import before the program's entry: from here on `electron` is the double, for import and require alike.
const double = new URL('./electron.ts', import.meta.url).href

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier !== 'electron') return nextResolve(specifier, context)
    return { url: double, shortCircuit: true, format: 'module-typescript' }
  },
})
