import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'

/** What has been read, and why reading failed. */
export interface Reading<Value> {
  value: ShallowRef<Value>
  failure: ShallowRef<string | null>
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/**
 * Reads again whenever what `read` uses before its first wait changes. An answer that comes after a newer one is dropped.
 * @param read null to keep what there is
 */
export function useLatest<Value>(read: () => Promise<Value> | null, initial: Value): Reading<Value> {
  const value = shallowRef(initial) as ShallowRef<Value>
  const failure = shallowRef<string | null>(null)
  let [asked, answered] = [0, 0]
  const start = async (answer: Promise<Value>) => {
    const mine = ++asked
    const settle = (problem: string | null, read: Value) => {
      if (mine < answered) return
      answered = mine
      failure.value = problem
      value.value = read
    }
    await answer.then((read) => settle(null, read), (error: unknown) => settle(messageOf(error), value.value))
  }
  // In an object, since Vue reports the failure of a promise that a getter returns as an error of the window.
  watch(() => ({ answer: read() }), ({ answer }) => { if (answer) void start(answer) }, { immediate: true })
  onScopeDispose(() => { answered = Infinity })
  return { value, failure }
}

/** A value that follows another one when that has not changed for a time, ms. */
export function useSettled<Value>(source: () => Value, wait: number): Readonly<ShallowRef<Value>> {
  const settled = shallowRef(source()) as ShallowRef<Value>
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(source, (value) => {
    clearTimeout(timer)
    timer = setTimeout(() => { settled.value = value }, wait)
  })
  onScopeDispose(() => clearTimeout(timer))
  return settled
}

interface Parts<Part> {
  /** What the parts are of: all are read again when it changes. */
  of: () => string
  epochs: () => readonly number[]
  read: (epochs: number[]) => Promise<readonly Part[]>
  /** Most epochs of one reading. */
  most: number
}

/** Parts of all epochs, in their order, read a few epochs at a time. Those of new epochs are added. */
export function useParts<Part extends { epoch: number }>({ of, epochs, read, most }: Parts<Part>): Reading<readonly Part[]> {
  const value = shallowRef<readonly Part[]>([])
  const failure = shallowRef<string | null>(null)
  let run = 0
  const readMissing = async (mine: number, missing: readonly number[]) => {
    for (let from = 0; from < missing.length; from += most) {
      const found = await read(missing.slice(from, from + most))
      if (mine !== run) return
      value.value = [...value.value, ...found].sort((a, b) => a.epoch - b.epoch)
    }
    failure.value = null
  }
  watch([of, epochs] as const, ([now, existing], [before]) => {
    const mine = ++run
    value.value = now === before ? value.value.filter(({ epoch }) => existing.includes(epoch)) : []
    const known = new Set(value.value.map(({ epoch }) => epoch))
    readMissing(mine, existing.filter((epoch) => !known.has(epoch))).catch((error: unknown) => {
      if (mine === run) failure.value = messageOf(error)
    })
  }, { immediate: true })
  onScopeDispose(() => { run++ })
  return { value, failure }
}
