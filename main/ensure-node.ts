// Imported first by every entry that people start: an older Node would fail later, in the database driver, without a word.
const major = Number.parseInt(process.versions.node, 10)
if (major < 24) {
  console.error(
    `Countersign needs Node 24 or newer; this is Node ${process.versions.node}. ` +
      'Start it with "npm start" after "npm ci" (on Linux that brings its own Node 24), or install Node 24 from nodejs.org.',
  )
  process.exit(1)
}
