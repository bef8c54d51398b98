import { defineStore } from 'pinia'
import { computed, onScopeDispose, shallowReactive } from 'vue'
import * as z from 'zod'
import { on } from '../bridge/bridge.ts'
import { keep, readKept } from './kept.ts'
import { type Screen, useNavigation } from './navigation.ts'

/** One thing a person can do here, by palette, key or menu. */
export interface Command {
  id: string
  title: string
  /** As written on the cheat sheet: 'R', 'Ctrl K', 'Space', '/'. */
  key?: string
  /** Why it cannot be done now; null where it can. */
  blocked?: () => string | null
  /** Whether its key holds while a dialog is open too. */
  inDialogs?: boolean
  run: () => void
}

/** Where a command is at hand: on one screen, or on all. */
export type Scope = Screen | 'everywhere'

const keyLineSchema = z.strictObject({ key: z.string(), title: z.string() })
/** A line of the cheat sheet. */
export type KeyLine = z.output<typeof keyLineSchema>

const keptKeysSchema = z.record(z.string(), z.array(keyLineSchema))

/** All commands of the screens that are open, in the order of their coming. */
export const useCommandList = defineStore('commands', () => {
  const sets = shallowReactive(new Set<Command[]>())
  /** Keys of the screens that were open since the start, by the command's id. */
  const known = shallowReactive(new Map<Scope, ReadonlyMap<string, KeyLine>>())
  /** Keys of every screen that was ever open, as they were at the last start. */
  const kept: Readonly<Record<string, readonly KeyLine[]>> = readKept('keys', keptKeysSchema) ?? {}
  const all = computed(() => [...sets].flat())
  /** The screen's own before the frame's. */
  const nearest = computed(() => [...sets].reverse().flat())
  /** The newest command of a key wins, a screen's own over the frame's; one that can be done now over one that cannot. */
  const ofKey = (key: string) => {
    const own = all.value.filter((command) => command.key === key)
    return own.findLast(({ blocked }) => (blocked?.() ?? null) === null) ?? own.at(-1)
  }
  const ofId = (id: string) => all.value.findLast((command) => command.id === id)
  const add = (commands: Command[], scope: Scope = 'everywhere') => {
    sets.add(commands)
    const lines = commands.flatMap(({ id, key, title }) => (key ? [[id, { key, title }] as const] : []))
    known.set(scope, new Map([...known.get(scope) ?? [], ...lines]))
    keep('keys', { ...kept, ...Object.fromEntries([...known].map(([scope, lines]) => [scope, [...lines.values()]])) })
    return () => { sets.delete(commands) }
  }
  /** The keys of a screen, whether it is open or was; none of one that never was. */
  const keysOf = (scope: Scope): readonly KeyLine[] => (known.has(scope) ? [...known.get(scope)!.values()] : kept[scope] ?? [])
  /** Runs the first of these that is here. @returns why nothing was done; null where it was */
  const runFirst = (ids: readonly string[]): string | null => {
    const command = ids.map(ofId).find((one) => one !== undefined)
    if (!command) return 'Not on this screen'
    const reason = command.blocked?.() ?? null
    if (reason === null) command.run()
    return reason
  }
  /** Does what is chosen in the menus, for as long as the window lives. */
  const followMenus = (choose: (ids: readonly string[]) => void) => { on('app.command', ({ ids }) => { choose(ids) }) }
  return { all, nearest, keysOf, ofKey, ofId, add, runFirst, followMenus }
})

/** Offers commands for as long as the calling component lives: those of the screen that is open, unless they hold everywhere. */
export function useCommands(commands: Command[], scope: Scope = useNavigation().screen): void {
  onScopeDispose(useCommandList().add(commands, scope))
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/** The key's name as commands write it; null for keys that never are commands. */
export function keyOfEvent(event: Pressed): string | null {
  if (event.altKey || event.key === 'Shift' || event.key === 'Control' || event.key === 'Meta') return null
  const name = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toUpperCase() : event.key
  const isFunctionKey = /^F\d+$/.test(name)
  if (!event.ctrlKey && !event.metaKey) return event.shiftKey && isFunctionKey ? `Shift ${name}` : name
  // Whether + takes Shift depends on the keyboard; both of its signs mean it.
  if (name === '+' || name === '=') return 'Ctrl +'
  if (name === '-' || name === '_') return 'Ctrl -'
  return event.shiftKey ? `Ctrl Shift ${name}` : `Ctrl ${name}`
}
