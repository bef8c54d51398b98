import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { acts, DOUBLE_PRESS_MS, listenToKeys } from '../../../src-renderer/keys.ts'
import type { Command } from '../../../src-renderer/stores/commands.ts'

describe('a key press acts', () => {
  const remove = (at: number, isRepeat = false) => ({ id: 'remove', at, isRepeat })
  test.each([
    ['the first time', remove(0), null, true],
    ['not while the key is held down', remove(1000, true), remove(0), false],
    ['not as the second half of a double press', remove(DOUBLE_PRESS_MS - 1), remove(0), false],
    ['again after a pause', remove(DOUBLE_PRESS_MS), remove(0), true],
    ['at once after another command', remove(1), { id: 'undo', at: 0 }, true],
  ])('%s', (_, press, last, wanted) => {
    expect(acts(press, last)).toBe(wanted)
  })
})

describe('the keys of the window', () => {
  let listeners: [name: string, listener: (event: unknown) => void][] = []
  const send = (type: string, event: object = {}) => {
    const whole = { type, target: null, preventDefault: () => {}, ...event }
    for (const [name, listener] of listeners) if (name === type) listener(whole)
  }
  const press = (event: Partial<KeyboardEvent>) => send('keydown', { key: 'Delete', ...event })
  const scope = effectScope()
  const listen = (command: Command) => scope.run(() => listenToKeys((key) => (key === command.key ? command : undefined)))

  beforeEach(() => {
    vi.stubGlobal('Element', class {})
    vi.stubGlobal('document', { querySelectorAll: () => [] })
    vi.stubGlobal('window', {
      addEventListener: (name: string, listener: (event: unknown) => void) => { listeners.push([name, listener]) },
      removeEventListener: () => {},
    })
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    listeners = []
  })

  test('a held Delete moves one run, not one after the other', () => {
    const run = vi.fn()
    listen({ id: 'move-trash', title: 'Move to the trash', key: 'Delete', run })
    press({ repeat: false })
    press({ repeat: true })
    press({ repeat: true })
    expect(run).toHaveBeenCalledOnce()
  })

  test('two presses act twice with another key or a click in between', () => {
    const run = vi.fn()
    listen({ id: 'palette', title: 'Find a command', key: 'Ctrl K', inDialogs: true, run })
    const open = () => {
      press({ key: 'Control', ctrlKey: true })
      press({ key: 'k', ctrlKey: true })
    }
    open()
    open()
    expect(run).toHaveBeenCalledTimes(1)
    press({ key: 'Escape' })
    open()
    expect(run).toHaveBeenCalledTimes(2)
    send('pointerdown')
    open()
    expect(run).toHaveBeenCalledTimes(3)
  })

  test('a held step goes on', () => {
    const run = vi.fn()
    listen({ id: 'next-neuron', title: 'Show the next neuron', key: '.', steps: true, run })
    press({ key: '.', repeat: false })
    press({ key: '.', repeat: true })
    expect(run).toHaveBeenCalledTimes(2)
  })
})
