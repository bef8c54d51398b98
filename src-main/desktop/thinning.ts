/**
 * Passes on at most one payload per key and interval, the newest; for streams that a window can't draw faster.
 * What waits is passed on by `flush` or at the interval's end.
 */
export function createThinner<Payload>(intervalMs: number, pass: (payload: Payload) => void) {
  const waiting = new Map<string, Payload>()
  let timer: NodeJS.Timeout | undefined

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    const payloads = [...waiting.values()]
    waiting.clear()
    for (const payload of payloads) pass(payload)
  }

  return {
    offer(key: string, payload: Payload): void {
      waiting.set(key, payload)
      timer ??= setTimeout(flush, intervalMs)
    },
    flush,
  }
}
