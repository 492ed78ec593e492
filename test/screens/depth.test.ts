import { describe, expect, test } from 'vitest'
import { placeLimits } from '../../renderer/parts/depth-ruler-layout.ts'
import { depthShade, readDepthText, stepDepth } from '../../renderer/parts/depth-text.ts'

describe('a depth setting typed in millimetres', () => {
  test.each([
    ['0.75', 750],
    ['.75', 750],
    ['0,75', 750],
    ['1', 1000],
    ['0.725 mm', 725],
    ['3.5', 3500],
  ])('reads %s as micrometres', (text, depthUm) => {
    expect(readDepthText(text)).toBe(depthUm)
  })

  test.each(['', '.', 'deep', '-0.5', '0.7525', '100'])('reads no depth in "%s"', (text) => {
    expect(readDepthText(text)).toBeNull()
  })

  test('steps to the next dial position, also from a value between two', () => {
    expect([
      stepDepth(750, 1),
      stepDepth(750, -1),
      stepDepth(725, 1),
      stepDepth(725, -1),
      stepDepth(null, 1),
      stepDepth(0, -1),
    ]).toEqual([800, 700, 750, 700, 50, 0])
  })

  test('takes the shade of the ramp by the bounds of the legend', () => {
    expect([null, 0, 250, 300, 500, 550, 750, 800, 1000, 1050, 1500, 1550].map(depthShade)).toEqual([
      0, 0, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6,
    ])
  })
})

describe('the limits on the depth ruler', () => {
  const xOf = (depthUm: number) => (depthUm / 2500) * 360

  test('names every source of an equal limit on one line', () => {
    const placed = placeLimits({
      limits: [
        { depthUm: 1000, name: 'consent' },
        { depthUm: 1000, name: 'soft max' },
      ],
      xOf,
      rightEdge: 382,
    })
    expect(placed.map((limit) => limit.text)).toEqual(['1.00 consent, soft max'])
  })

  test('puts the lowest limit furthest down, whatever else stands there', () => {
    const placed = placeLimits({
      limits: [
        { depthUm: 2500, name: 'device' },
        { depthUm: 500, name: 'treatment order' },
        { depthUm: 1500, name: 'policy, on site' },
      ],
      xOf,
      rightEdge: 382,
    })
    expect(placed.map(({ isLowest, row }) => ({ isLowest, row }))).toEqual([
      { isLowest: true, row: 2 },
      { isLowest: false, row: 1 },
      { isLowest: false, row: 0 },
    ])
  })

  test('keeps a label at the end of the ruler inside it', () => {
    const [device] = placeLimits({ limits: [{ depthUm: 2500, name: 'device' }], xOf, rightEdge: 382 })
    expect(device).toMatchObject({ anchor: 'end', labelX: 382 })
  })
})
