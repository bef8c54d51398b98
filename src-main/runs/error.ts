/** Why a run could not be started or taken up again. */
export class RunError extends Error {
  readonly code: 'other-engine' | 'no-room' | 'running'
  constructor(code: RunError['code'], message: string) {
    super(message)
    this.name = 'RunError'
    this.code = code
  }
}
