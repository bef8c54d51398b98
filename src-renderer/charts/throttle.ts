/** Calls `act` immediately and then at most once every `wait` ms. The last request is never lost. */
export function throttled(act: () => void, wait: number): { request: () => void, cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null
  let again = false
  const run = () => {
    again = false
    act()
    timer = setTimeout(() => {
      timer = null
      if (again) run()
    }, wait)
  }
  return {
    request: () => {
      if (timer === null) run()
      else again = true
    },
    cancel: () => { if (timer !== null) clearTimeout(timer) },
  }
}
