/** One line of a context menu. */
export interface MenuEntry {
  id: string
  title: string
  key?: string
  /** Further words, such as a size. */
  about?: string | null
  /** Why it cannot be chosen; null if it can. */
  blocked: string | null
  /** Entries that are shown in its place. */
  entries?: readonly MenuEntry[]
}

/** What a command offers to a menu. */
export interface MenuCommand {
  id: string
  title: string
  key?: string
  blocked?: () => string | null
}

interface Point { x: number; y: number }
interface Size { width: number; height: number }
interface Inside { innerWidth: number; innerHeight: number }

/** Smallest distance to the edge of the window, px. */
const MARGIN = 8

/** Top left corner of a menu that opens at a point: to the other side where the window ends, and never out of it. */
export function placeIn(point: Point, { width, height }: Size, window: Inside): Point {
  const along = (at: number, size: number, all: number) =>
    Math.max(MARGIN, Math.min(at + size > all - MARGIN ? at - size : at, all - MARGIN - size))
  return { x: along(point.x, width, window.innerWidth), y: along(point.y, height, window.innerHeight) }
}

/** Index of the entry that a key goes to, or null. Arrows go round, and a letter goes to the next title that begins with it. */
export function targetOfKey(key: string, index: number, titles: readonly string[]): number | null {
  const count = titles.length
  if (count === 0) return null
  switch (key) {
    case 'ArrowDown': return (index + 1) % count
    case 'ArrowUp': return (Math.max(index, 0) - 1 + count) % count
    case 'Home': return 0
    case 'End': return count - 1
    default: {
      if (key.length !== 1) return null
      const order = titles.map((_, step) => (index + 1 + step) % count)
      return order.find((at) => titles[at]!.trim().toLowerCase().startsWith(key.toLowerCase())) ?? null
    }
  }
}

/** A part of a menu: the id of a command, or a title with further commands. */
export type MenuPart = string | { id: string; title: string; parts: readonly string[] }

/**
 * Entries of the commands that exist, with their words and keys.
 * @param isLeftOut whether a command that cannot run is left out instead of shown with the reason
 */
export function entriesOf(
  parts: readonly MenuPart[], find: (id: string) => MenuCommand | undefined, isLeftOut: (id: string) => boolean = () => false,
): MenuEntry[] {
  return parts.flatMap((part): MenuEntry[] => {
    if (typeof part !== 'string') {
      const entries = entriesOf(part.parts, find)
      const blocked = entries.every((entry) => entry.blocked !== null) ? entries[0]?.blocked ?? null : null
      return entries.length === 0 ? [] : [{ id: part.id, title: part.title, blocked, entries }]
    }
    const command = find(part)
    const blocked = command?.blocked?.() ?? null
    if (command === undefined || (blocked !== null && isLeftOut(part))) return []
    return [{ id: part, title: command.title, key: command.key, blocked }]
  })
}
