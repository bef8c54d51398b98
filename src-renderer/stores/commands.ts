import { defineStore } from 'pinia'
import { computed, onScopeDispose, shallowReactive, watch } from 'vue'
import * as z from 'zod'
import { on } from '../bridge/bridge.ts'
import { readLocal, saveLocal } from './local-storage.ts'
import { type Screen, useNavigation } from './navigation.ts'

/** One action, offered in the palette, by key or in a menu. */
export interface Command {
  id: string
  title: string
  /** As the key sheet shows it: 'R', 'Ctrl K', 'Space', '/'. */
  key?: string
  /** What it affects now, such as '3 ticked runs', if that is not obvious. */
  target?: () => string
  /** Why it is unavailable now; null if it is available. */
  blocked?: () => string | null
  /** Whether it moves by one step, so that its key may be held down or pressed in quick succession. */
  steps?: boolean
  /** Whether its key also works while a dialog is open. */
  inDialogs?: boolean
  run: () => void
}

/** Where a command is available: on one screen or on all of them. */
export type Scope = Screen | 'everywhere'

const keyLineSchema = z.strictObject({ key: z.string(), title: z.string() })
/** A line of the key sheet. */
export type KeyLine = z.output<typeof keyLineSchema>

const savedKeysSchema = z.record(z.string(), z.array(keyLineSchema))

/** Commands of the open screens, in the order in which they were added. */
export const useCommandList = defineStore('commands', () => {
  const sets = shallowReactive(new Set<Command[]>())
  /** Keys of the screens opened since the start, by command id. */
  const known = shallowReactive(new Map<Scope, ReadonlyMap<string, KeyLine>>())
  /** Keys of every screen that was ever open, as of the last start. */
  const saved: Readonly<Record<string, readonly KeyLine[]>> = readLocal('keys', savedKeysSchema) ?? {}
  const all = computed(() => [...sets].flat())
  /** Commands of the screen before those of the frame. */
  const screenFirst = computed(() => [...sets].reverse().flat())
  /** The available command that was added last wins, so a screen's command hides one of the frame. */
  const findByKey = (key: string) => {
    const own = all.value.filter((command) => command.key === key)
    return own.findLast(({ blocked }) => (blocked?.() ?? null) === null) ?? own.at(-1)
  }
  const findById = (id: string) => all.value.findLast((command) => command.id === id)
  const add = (commands: Command[], scope: Scope = 'everywhere') => {
    sets.add(commands)
    const lines = commands.flatMap(({ id, key, title }) => (key ? [[id, { key, title }] as const] : []))
    known.set(scope, new Map([...known.get(scope) ?? [], ...lines]))
    saveLocal('keys', { ...saved, ...Object.fromEntries([...known].map(([scope, lines]) => [scope, [...lines.values()]])) })
    return () => { sets.delete(commands) }
  }
  /** Keys of a screen that is or was open; empty for a screen that was never opened. */
  const keysOf = (scope: Scope): readonly KeyLine[] => (known.has(scope) ? [...known.get(scope)!.values()] : saved[scope] ?? [])
  /** Run the first of these commands that is on this screen. @returns why nothing ran; null if it ran */
  const runFirst = (ids: readonly string[]): string | null => {
    const command = ids.map(findById).find((one) => one !== undefined)
    if (!command) return 'Not available on this screen'
    const reason = command.blocked?.() ?? null
    if (reason === null) command.run()
    return reason
  }
  /** Call `run` with each command chosen in the menus, until the window closes. */
  const onMenuCommand = (run: (ids: readonly string[]) => void) => { on('app.command', ({ ids }) => { run(ids) }) }
  return { all, screenFirst, keysOf, findByKey, findById, add, runFirst, onMenuCommand }
})

/** Offer commands until the calling component unmounts. They belong to the open screen unless `scope` says otherwise. */
export function useCommands(commands: Command[], scope: Scope = useNavigation().screen): void {
  onScopeDispose(useCommandList().add(commands, scope))
}

/** Offer commands that change, until the calling component unmounts. */
export function useChangingCommands(commands: () => Command[], scope: Scope = useNavigation().screen): void {
  const list = useCommandList()
  let withdraw: (() => void) | undefined
  watch(commands, (now) => {
    withdraw?.()
    withdraw = list.add(now, scope)
  }, { immediate: true })
  onScopeDispose(() => withdraw?.())
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/** Name of the key as in `Command.key`; null for keys that no command uses. */
export function keyOfEvent(event: Pressed): string | null {
  if (event.altKey || event.key === 'Shift' || event.key === 'Control' || event.key === 'Meta') return null
  const name = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toUpperCase() : event.key
  const isFunctionKey = /^F\d+$/.test(name)
  if (!event.ctrlKey && !event.metaKey) return event.shiftKey && isFunctionKey ? `Shift ${name}` : name
  // Whether + needs Shift depends on the keyboard, so both symbols of the key count.
  if (name === '+' || name === '=') return 'Ctrl +'
  if (name === '-' || name === '_') return 'Ctrl -'
  return event.shiftKey ? `Ctrl Shift ${name}` : `Ctrl ${name}`
}
