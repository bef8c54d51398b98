import { computed } from 'vue'
import { fittedLabel } from '../../src-engine/format/labels.ts'
import { fontOf, textWidth } from './text-width.ts'
import { useWidth } from './width.ts'

/** Shortens names to the width of an element, such as the head of their column. They are set in the font of the window. */
export function useFittedText(element: () => HTMLElement | null) {
  const width = useWidth(computed(element))
  const font = fontOf(document.body)
  /** @param taken by what else is on the line, px */
  return (name: string, taken: number): string => {
    const space = width.value - taken
    return width.value === 0 ? name : fittedLabel(name, (part) => textWidth(part, font) <= space)
  }
}
