// The direction of imports, by name. Each rule is proven by a planted violation in import-rules.ts.
const electronEdge = '^main/(main\\.ts$|hosts/electron-host\\.ts$|transports/ipc\\.ts$|windows/)'
const processStarters = '^main/(open-browser|start)\\.ts$'

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const forbidden = [
  {
    name: 'no-circular',
    comment: 'Two files that need each other are one file, or hide a third.',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'domain-is-pure',
    comment: 'Clinical rules depend on nothing but the kernel: no zod, no clock, no random, no Node.',
    severity: 'error',
    from: { path: '^shared/domain/' },
    to: { pathNot: '^shared/(kernel|domain)/' },
  },
  {
    name: 'kernel-stands-alone',
    severity: 'error',
    from: { path: '^shared/kernel/' },
    to: { pathNot: '^shared/kernel/' },
  },
  {
    name: 'shared-runs-anywhere',
    comment: 'shared runs in main, in workers and in the page: zod is its only dependency.',
    severity: 'error',
    from: { path: '^shared/(contract|rpc)/' },
    to: { pathNot: '^shared/|(^|/)node_modules/zod/' },
  },
  {
    name: 'electron-only-at-the-edge',
    comment: 'Importing Electron in plain Node downloads it. Everything but the shell runs without.',
    severity: 'error',
    from: { pathNot: `${electronEdge}|^test/` },
    to: { path: '(^|/)node_modules/(electron/|electron-log/(main|renderer|preload|src/(main|renderer)))|^electron$' },
  },
  {
    name: 'driver-only-in-open',
    comment: 'db/open.ts sets the key and every pragma; a second place would forget one.',
    severity: 'error',
    from: { path: '^(main|db|renderer|shared)/', pathNot: '^db/open\\.ts$' },
    to: { path: '(^|/)node_modules/better-sqlite3/' },
  },
  {
    name: 'db-knows-no-contract',
    comment: 'db takes ids and states from the domain; what goes over the wire is not its business.',
    severity: 'error',
    from: { path: '^db/' },
    to: { path: '^(main|renderer|test|shared/(contract|rpc))/' },
  },
  {
    name: 'features-do-not-know-each-other',
    comment: 'Features share through domain and queries. Only the list knows them all.',
    severity: 'error',
    from: { path: '^main/features/([^/.]+)', pathNot: '^main/features/index\\.ts$' },
    // A feature is one file, or one file with a folder of its parts beside it.
    to: { path: '^main/features/', pathNot: '^main/features/$1(?:\\.ts$|/)' },
  },
  {
    name: 'application-knows-no-host',
    comment: 'The application meets its machine through the Host interface only.',
    severity: 'error',
    from: { path: '^main/(app|features|workers)/' },
    to: { path: '^main/(hosts|transports|windows)/', pathNot: '^main/hosts/host\\.ts$' },
  },
  {
    name: 'screens-do-not-know-each-other',
    comment: 'A screen that needs a piece of another screen has found a part.',
    severity: 'error',
    from: { path: '^renderer/screens/([^/]+)/' },
    to: { path: '^renderer/screens/', pathNot: '^renderer/screens/$1/' },
  },
  {
    name: 'renderer-has-no-node',
    comment: 'The page is sandboxed: it knows the contract and the domain, never Node, the store or Electron.',
    severity: 'error',
    from: { path: '^renderer/', pathNot: '^renderer/vite\\.config\\.ts$' },
    to: { path: '^(main|db|test)/|(^|/)node_modules/(better-sqlite3|kysely|pdfmake|electron[^/]*)/' },
  },
  {
    name: 'renderer-has-no-node-modules-of-node',
    comment: 'The same rule for what Node brings itself.',
    severity: 'error',
    from: { path: '^renderer/', pathNot: '^renderer/vite\\.config\\.ts$' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'preview-host-not-in-electron',
    comment: 'What listens on a port or starts other programs must not be reachable from the packaged entry.',
    severity: 'error',
    from: { path: '^main/main\\.ts$' },
    to: { path: '^main/(serve|open-browser|start|build|hosts/node-host|transports/http)\\.ts$', reachable: true },
  },
  {
    name: 'processes-start-in-two-places',
    comment: 'The program runs no other program; opening the browser of the preview and starting Electron are not it.',
    severity: 'error',
    from: { path: '^(main|db|renderer|shared)/', pathNot: processStarters },
    to: { path: '^child_process$' },
  },
  {
    name: 'nothing-imports-test',
    severity: 'error',
    from: { pathNot: '^test/' },
    to: { path: '^test/' },
  },
]

module.exports = {
  forbidden,
  options: {
    // Without swc, dependency-cruiser sees no .ts file under TypeScript 7 and passes everything.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|\\.cache)/' },
    combinedDependencies: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
}
