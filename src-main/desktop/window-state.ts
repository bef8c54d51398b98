import * as z from 'zod'

const side = z.int().min(-100_000).max(100_000)

const windowStateSchema = z.strictObject({
  x: side, y: side, width: side.min(1), height: side.min(1),
  maximized: z.boolean(),
})
export type WindowState = z.output<typeof windowStateSchema>

export interface Rectangle { x: number; y: number; width: number; height: number }

export const smallest = { width: 960, height: 600 }
const defaultSize = { width: 1280, height: 800 }

/** Initial bounds of a window: the saved ones if a display still shows them, else the default size, centred. */
export function startingBounds(saved: unknown, displays: Rectangle[]): Partial<WindowState> & { width: number; height: number } {
  const { data } = windowStateSchema.safeParse(saved)
  if (!data || !displays.some((display) => isReachable(data, display))) return defaultSize
  return { ...data, width: Math.max(data.width, smallest.width), height: Math.max(data.height, smallest.height) }
}

/** Whether enough of the title bar is on the display to drag the window. */
function isReachable(window: Rectangle, display: Rectangle): boolean {
  const enough = 100
  const shown = Math.min(window.x + window.width, display.x + display.width) - Math.max(window.x, display.x)
  return shown >= enough && window.y >= display.y && window.y <= display.y + display.height - enough
}
