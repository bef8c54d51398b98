import { defineStore } from 'pinia'
import { computed, onScopeDispose, shallowReactive } from 'vue'

/** One thing a person can do here, by palette or key. */
export interface Command {
  id: string
  title: string
  /** As written on the cheat sheet: 'R', 'Ctrl K', 'Space', '/'. */
  key?: string
  /** Why it cannot be done now; null where it can. */
  blocked?: () => string | null
  run: () => void
}

/** All commands of the screens that are open, in the order of their coming. */
export const useCommandList = defineStore('commands', () => {
  const sets = shallowReactive(new Set<Command[]>())
  const all = computed(() => [...sets].flat())
  /** The newest command of a key wins, a screen's own over the frame's; one that can be done now over one that cannot. */
  const ofKey = (key: string) => {
    const own = all.value.filter((command) => command.key === key)
    return own.findLast(({ blocked }) => (blocked?.() ?? null) === null) ?? own.at(-1)
  }
  const add = (commands: Command[]) => {
    sets.add(commands)
    return () => { sets.delete(commands) }
  }
  return { all, ofKey, add }
})

/** Offers commands for as long as the calling component lives. */
export function useCommands(commands: Command[]): void {
  onScopeDispose(useCommandList().add(commands))
}

/** The key's name as commands write it; null for keys that never are commands. */
export function keyOfEvent(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string | null {
  if (event.altKey || event.key === 'Shift' || event.key === 'Control' || event.key === 'Meta') return null
  const name = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toUpperCase() : event.key
  if (!event.ctrlKey && !event.metaKey) return name
  return event.shiftKey ? `Ctrl Shift ${name}` : `Ctrl ${name}`
}
