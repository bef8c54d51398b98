import type { Bridge } from '../../../src-main/contract/contract.ts'
import type { EpochMetrics, RunSummary } from '../../../src-main/contract/run.ts'

const ledger = { set: 0, reset: 0, refresh: 0, read: 0 }

export const summaryOf = (given: Partial<RunSummary> = {}): RunSummary => ({
  runId: 'run00001', status: 'done', shelf: 'library', name: '', preset: '', task: 'sinusoids', scheme: 'fp32', seed: 42, epochs: 250, epochsDone: 250, sequences: 750, checkpoint: null,
  loss: 0.1, lossLast20: 0.1, metrics: {},
  meanRateHz: 12, outcome: null, reasons: [], ledger, secondsPerSequence: 0.014, digest: null,
  createdAt: '2026-11-01T12:00:00.000Z', startedAt: '2026-11-01T12:00:01.000Z', endedAt: '2026-11-01T12:01:00.000Z', secondsComputed: 59, error: null, sweep: null,
  ...given,
})

export const epochOf = (epoch: number): EpochMetrics => ({
  epoch, loss: 1 / epoch, patternLosses: [1 / epoch], metrics: {},
  meanRateHz: 12, silent: 0, zeroSurrogate: 0.5, alwaysFiring: 0, ledger,
  saturated: 0,
})

/** Fake main process with fixed answers. `emit` sends an event to the window. */
export function fakeBridge(answers: Record<string, (input: never) => unknown>) {
  const listeners = new Map<string, ((payload: unknown) => void)[]>()
  const bridge: Bridge = {
    call: async (name, input) => (Object.hasOwn(answers, name)
      ? { ok: true, value: await answers[name]!(input as never) }
      : { ok: false, code: 'unknown-call', message: `no ${name} here` }),
    on: (name, listener) => {
      listeners.set(name, [...(listeners.get(name) ?? []), listener])
      return () => { listeners.set(name, (listeners.get(name) ?? []).filter((one) => one !== listener)) }
    },
    takeDropped: async (file) => ({ ok: true, value: { file: `/dropped/${file.name}` } }),
  }
  return { bridge, emit: (name: string, payload: unknown) => listeners.get(name)?.forEach((listener) => listener(payload)) }
}

/** Fake localStorage that stores values of at most `capacity` characters. */
export function fakeStorage(capacity = Infinity) {
  const items = new Map<string, string>()
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > capacity) throw new DOMException('full', 'QuotaExceededError')
      items.set(key, value)
    },
  }
}
