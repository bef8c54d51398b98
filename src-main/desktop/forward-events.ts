import type { AppEvents } from '../app/events.ts'
import type { EventName, EventPayload } from '../contract/contract.ts'
import { createThinner } from './thinning.ts'

/** As often as a window is told of one run's epochs, progress and newest sequence. */
const INTERVAL_MS = 250

type Tell = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void
type Epochs = EventPayload<'run.epochs'>

/** Passes the application's events on to `tell`: the streams of a running run thinned out, its epochs gathered. */
export function forwardEvents(source: AppEvents, tell: Tell): void {
  const thinner = createThinner(INTERVAL_MS, (send: () => void) => send())
  const gathered = new Map<string, Epochs['metrics']>()
  for (const name of ['run.progress', 'run.frame'] as const) {
    source.on(name, (payload) => thinner.offer(`${name} ${payload.runId}`, () => tell(name, payload)))
  }
  source.on('run.epochs', ({ runId, metrics }) => {
    gathered.set(runId, [...gathered.get(runId) ?? [], ...metrics])
    thinner.offer(`run.epochs ${runId}`, () => {
      tell('run.epochs', { runId, metrics: gathered.get(runId)! })
      gathered.delete(runId)
    })
  })
  for (const name of ['library.notice', 'library.changed', 'library.work', 'run.removed', 'run.kept', 'sweep.changed'] as const) {
    source.on(name, (payload) => tell(name, payload))
  }
  source.on('queue.changed', (payload) => thinner.offer('queue.changed', () => tell('queue.changed', payload)))
  source.on('run.changed', (payload) => {
    // What a run did must not arrive after its end.
    if (payload.summary.endedAt !== null) thinner.flush()
    tell('run.changed', payload)
  })
}
