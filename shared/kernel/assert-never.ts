/** The compiler refuses a call with a value of any type but `never`: a new case of a union must be handled. */
export function assertNever(value: never): never {
  throw new Error(`unexpected case ${JSON.stringify(value)}`)
}
