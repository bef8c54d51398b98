import { formatCount, formatNumber, NO_VALUE } from './numbers.ts'

/** A duration in seconds: 1 h 04 min, 1 min 32 s, 12.3 s, 14.2 ms. */
export function formatDuration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return NO_VALUE
  if (seconds < 0.9995) return `${formatNumber(seconds * 1000)} ms`
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`
  const minutes = Math.round(seconds / 60)
  return `${formatCount(Math.floor(minutes / 60))} h ${two(minutes % 60)} min`
}

const two = (part: number) => String(part).padStart(2, '0')
