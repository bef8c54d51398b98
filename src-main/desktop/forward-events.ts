import type { AppEvents } from '../app/events.ts'
import type { EventName, EventPayload } from '../contract/contract.ts'
import { createThinner } from './thinning.ts'

/** Shortest time between two events of one kind and run, ms. */
const INTERVAL_MS = 250

type Send = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void
type Epochs = EventPayload<'run.epochs'>

/** Forward the application's events to `send`. Progress and frames of a run are thinned out, and its epochs are batched. */
export function forwardEvents(source: AppEvents, send: Send): void {
  const thinner = createThinner(INTERVAL_MS, (forward: () => void) => forward())
  const batches = new Map<string, Epochs['metrics']>()
  for (const name of ['run.progress', 'run.frame'] as const) {
    source.on(name, (payload) => thinner.offer(`${name} ${payload.runId}`, () => send(name, payload)))
  }
  source.on('run.epochs', ({ runId, metrics }) => {
    batches.set(runId, [...batches.get(runId) ?? [], ...metrics])
    thinner.offer(`run.epochs ${runId}`, () => {
      send('run.epochs', { runId, metrics: batches.get(runId)! })
      batches.delete(runId)
    })
  })
  for (const name of ['library.notice', 'library.changed', 'library.work', 'run.removed', 'run.kept', 'sweep.changed'] as const) {
    source.on(name, (payload) => send(name, payload))
  }
  source.on('queue.changed', (payload) => thinner.offer('queue.changed', () => send('queue.changed', payload)))
  source.on('run.changed', (payload) => {
    // Events of a run must not arrive after its end.
    if (payload.summary.endedAt !== null) thinner.flush()
    send('run.changed', payload)
  })
}
