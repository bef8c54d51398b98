/**
 * Pass on at most one payload per key and interval: the newest. For streams that are faster than a window can draw.
 * Pending payloads are passed on at the end of the interval, or by `flush`.
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
