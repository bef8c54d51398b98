/** Runs that have not ended. */
export interface Activity {
  running: number
  queued: number
}

export interface Question {
  message: string
  detail: string
}

/** The question before quitting while runs are active; null if none is. */
export function describeQuit({ running, queued }: Activity): Question | null {
  if (running + queued === 0) return null
  const active = [
    ...(running > 0 ? [`${running} ${running === 1 ? 'run is' : 'runs are'} running`] : []),
    ...(queued > 0 ? [`${queued} ${queued === 1 ? 'is' : 'are'} queued`] : []),
  ].join(' and ')
  return {
    message: `Quit while ${running > 0 ? active : `${queued} ${queued === 1 ? 'run is' : 'runs are'} queued`}?`,
    detail: [...(running > 0 ? [interrupted(running)] : []), ...(queued > 0 ? [waiting(queued)] : [])].join(' '),
  }
}

const interrupted = (count: number) => (count === 1
  ? 'The running run saves a checkpoint and is interrupted. You can resume it from there at the next start.'
  : 'The running runs save a checkpoint and are interrupted. You can resume them from there at the next start.')

const waiting = (count: number) => (count === 1
  ? 'The queued run stays in the queue and starts with the application.'
  : 'The queued runs stay in the queue and start with the application.')
