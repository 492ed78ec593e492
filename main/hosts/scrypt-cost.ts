/** What every shipped host uses: 128 MiB and about half a second on a clinic PC (trust design, 4.2). */
export const shippedScrypt = { cost: 2 ** 17, blockSize: 8, parallelization: 1 } as const
