import '../../main/ensure-node.ts'
import { ensureChromium } from './ensure-chromium.ts'
import { runNode, runSteps, runTool, type Step } from './steps.ts'

/** Everything that has to hold before a change is accepted, in the order in which it fails fastest. */
const steps: readonly Step[] = [
  {
    name: 'check',
    advice: 'Run "npm run check" alone until it passes.',
    run: () => runNode(['test/support/check.ts']),
  },
  {
    name: 'build',
    advice: 'Run "npm run build" alone.',
    run: () => runNode(['main/build.ts']),
  },
  {
    name: 'package',
    advice: 'The packed program must hold what it loads and nothing else; electron-builder.yml decides.',
    run: () => runNode(['test/support/package-check.ts']),
  },
  {
    name: 'browser for the journeys',
    advice: 'Install a browser as said above.',
    run: ensureChromium,
  },
  {
    name: 'journeys',
    advice: '"npm run journeys -- -g NAME" runs one; its trace lies below test-results/.',
    run: () => runTool('@playwright/test', ['test', '--config=test/journeys/playwright.config.ts'], 'playwright'),
  },
  {
    name: 'faults (ten kills, two power cuts, fifty flips)',
    advice: 'Run "npm run faults" alone.',
    run: () => runNode(['test/faults/faults.ts', '--share']),
  },
]

if (!(await runSteps('test', steps))) process.exitCode = 1
