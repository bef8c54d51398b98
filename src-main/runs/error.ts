/** Why a run could not be started, resumed or halted. */
export class RunError extends Error {
  readonly code: 'other-engine' | 'no-room' | 'running'
  constructor(code: RunError['code'], message: string) {
    super(message)
    this.name = 'RunError'
    this.code = code
  }
}
