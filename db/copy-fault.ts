/** Why a copy of the records is not one; each code has a sentence on screen. */
export class CopyFault extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}
