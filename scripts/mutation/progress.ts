/** Minutes and seconds. */
const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`

/** Progress with rate and remaining time. @param seconds since the start */
export function progressLine(name: string, done: number, of: number, seconds: number): string {
  const left = done === 0 ? '' : `, ${(seconds / done).toFixed(1)} s each, ${clock((of - done) * seconds / done)} left`
  return `${name}: ${done} of ${of}${left}`
}

/** Print progress: one line that is updated on a terminal, otherwise a line every 30 s. */
export function progress(name: string): (done: number, of: number) => void {
  const start = performance.now()
  let told = start
  return (done, of) => {
    const now = performance.now()
    const line = progressLine(name, done, of, (now - start) / 1000)
    if (process.stdout.isTTY) process.stdout.write(`\r\u001b[2K${line}${done === of ? '\n' : ''}`)
    else if (now - told > 30_000 || done === of) {
      told = now
      console.log(line)
    }
  }
}
