import '../../main/ensure-node.ts'
import { checkImportRules } from './import-rules.ts'
import { runSteps, runTool, type Step } from './steps.ts'

const steps: readonly Step[] = [
  {
    name: 'format and lint',
    advice: '"npm run format" writes what can be written; the rest names its rule and line above.',
    run: () => {
      const colours = process.stdout.isTTY ? [] : ['--colors=off']
      return runTool('@biomejs/biome', ['ci', ...colours, '--config-path=test/support/biome.json', '.'], 'biome')
    },
  },
  {
    name: 'types',
    advice: 'Every layer is a project of its own; the first error above is usually the cause of the others.',
    run: () => runTool('typescript', ['-b'], 'tsc'),
  },
  {
    name: 'promises and switches (type-aware lint)',
    advice: 'Await the promise or mark it with void; name every case of a union.',
    run: () =>
      runTool('oxlint', [
        '--config=test/support/oxlint.json',
        '--type-aware',
        '--report-unused-disable-directives-severity=error',
        '.',
      ]),
  },
  {
    name: 'import rules',
    advice: 'Move what is shared to the layer that both may import; the table is in ARCHITECTURE.md.',
    run: checkImportRules,
  },
  {
    name: 'unused files, exports and dependencies',
    advice: 'Delete what nobody uses, or drop the word export where only its own file does.',
    run: () => runTool('knip', ['--config=test/support/knip.json', '--no-config-hints']),
  },
  {
    name: 'unit tests',
    advice: '"npm run unit -- test/domain/x.test.ts" runs one file.',
    run: () => runTool('vitest', ['run', '--config=test/vitest.config.ts', '--reporter=dot']),
  },
]

if (!(await runSteps('check', steps))) process.exitCode = 1
