/** Longest time without a pause, ms. */
const SLICE_MS = 8

/** Takes steps until their result, a few milliseconds at a time, so that events are served in between. */
export async function inSlices<Result>(steps: Iterator<unknown, Result>): Promise<Result> {
  for (;;) {
    // Also before the first slice: what was done before it, without a pause, may have taken long.
    await new Promise((resolve) => { setImmediate(resolve) })
    const until = performance.now() + SLICE_MS
    do {
      const step = steps.next()
      if (step.done) return step.value
    } while (performance.now() < until)
  }
}
