/** A point in the element of a chart, px. */
interface Pixel { x: number; y: number }
export interface Box { left: number; top: number; width: number; height: number }

export const boxBetween = (a: Pixel, b: Pixel): Box =>
  ({ left: Math.min(a.x, b.x), top: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) })

export const isInBox = ({ left, top, width, height }: Box, { x, y }: Pixel) =>
  x >= left && x <= left + width && y >= top && y <= top + height

/** A shorter drag is a click, px. */
const LEAST = 4

/**
 * Draws a box while the pointer is dragged with Shift. Dragging alone zooms.
 * @param isInside whether a drag can begin at a point
 * @returns a function that stops listening
 */
export function listenToBrush(element: HTMLElement, isInside: (at: Pixel) => boolean, choose: (box: Box) => void): () => void {
  const frame = document.createElement('div')
  frame.className = 'chart-brush'
  frame.hidden = true
  element.append(frame)
  let from: Pixel | null = null
  let box: Box | null = null
  const placeOf = ({ clientX, clientY }: MouseEvent): Pixel => {
    const { left, top } = element.getBoundingClientRect()
    return { x: clientX - left, y: clientY - top }
  }
  /** The chart below must not zoom. */
  const take = (event: Event) => {
    event.preventDefault()
    event.stopPropagation()
  }
  const begin = (event: PointerEvent) => {
    if (!event.shiftKey || event.button !== 0 || !isInside(placeOf(event))) return
    take(event)
    from = placeOf(event)
    box = null
    element.setPointerCapture(event.pointerId)
  }
  const drag = (event: PointerEvent) => {
    if (from === null) return
    take(event)
    box = boxBetween(from, placeOf(event))
    frame.hidden = false
    for (const side of ['left', 'top', 'width', 'height'] as const) frame.style[side] = `${box[side]}px`
  }
  const end = (event: PointerEvent) => {
    if (from === null) return
    take(event)
    const chosen = event.type === 'pointerup' && box !== null && Math.max(box.width, box.height) >= LEAST ? box : null
    from = box = null
    frame.hidden = true
    if (chosen) choose(chosen)
  }
  const stopped = new AbortController()
  const options = { capture: true, signal: stopped.signal }
  element.addEventListener('pointerdown', begin, options)
  element.addEventListener('pointermove', drag, options)
  element.addEventListener('pointerup', end, options)
  element.addEventListener('pointercancel', end, options)
  return () => {
    stopped.abort()
    frame.remove()
  }
}
