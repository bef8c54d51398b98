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
  let press: (event: Partial<KeyboardEvent>) => void
  const scope = effectScope()
  const listen = (command: Command) => scope.run(() => listenToKeys(() => command))

  beforeEach(() => {
    vi.stubGlobal('Element', class {})
    vi.stubGlobal('document', { querySelectorAll: () => [] })
    vi.stubGlobal('window', {
      addEventListener: (_: string, listener: (event: unknown) => void) => {
        press = (event) => listener({ key: 'Delete', target: null, preventDefault: () => {}, ...event })
      },
      removeEventListener: () => {},
    })
  })
  afterEach(() => vi.unstubAllGlobals())

  test('a held Delete moves one run, not one after the other', () => {
    const run = vi.fn()
    listen({ id: 'move-trash', title: 'Move to the trash', key: 'Delete', run })
    press({ repeat: false })
    press({ repeat: true })
    press({ repeat: true })
    expect(run).toHaveBeenCalledOnce()
  })

  test('a held step goes on', () => {
    const run = vi.fn()
    listen({ id: 'next-neuron', title: 'Show the next neuron', key: '.', steps: true, run })
    press({ key: '.', repeat: false })
    press({ key: '.', repeat: true })
    expect(run).toHaveBeenCalledTimes(2)
  })
})
