import * as z from 'zod'

const side = z.int().min(-100_000).max(100_000)

const windowStateSchema = z.strictObject({
  x: side, y: side, width: side.min(1), height: side.min(1),
  maximized: z.boolean(),
})
export type WindowState = z.output<typeof windowStateSchema>

export interface Rectangle { x: number; y: number; width: number; height: number }

export const smallest = { width: 960, height: 600 }
const usual = { width: 1280, height: 800 }

/** What a window starts with: its last place where a display still shows it, else the usual size in the middle. */
export function startingBounds(kept: unknown, displays: Rectangle[]): Partial<WindowState> & { width: number; height: number } {
  const { data } = windowStateSchema.safeParse(kept)
  if (!data || !displays.some((display) => isReachable(data, display))) return usual
  return { ...data, width: Math.max(data.width, smallest.width), height: Math.max(data.height, smallest.height) }
}

/** A window can be taken hold of where some of its title bar is on the display. */
function isReachable(window: Rectangle, display: Rectangle): boolean {
  const enough = 100
  const shown = Math.min(window.x + window.width, display.x + display.width) - Math.max(window.x, display.x)
  return shown >= enough && window.y >= display.y && window.y <= display.y + display.height - enough
}
