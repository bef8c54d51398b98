import { describe, expect, test } from 'vitest'
import {
  acceleratorOf, fileCommands, findCommands, helpCommands, runCommands, undoCommands, viewCommands,
} from '../../../src-main/desktop/menu-items.ts'

const commands = [fileCommands, undoCommands, findCommands, viewCommands, runCommands, helpCommands]
  .flat()
  .filter((entry) => entry !== 'separator')

describe('the menus', () => {
  test('convert keys to Electron accelerators', () => {
    const shown = ['N', 'F6', '?', 'Ctrl K', 'Ctrl Shift Z', 'Ctrl +', 'Ctrl -', 'Ctrl 0'].map((key) => acceleratorOf(key, 'linux'))
    expect(shown).toEqual([
      'N', 'F6', '?', 'CommandOrControl+K', 'CommandOrControl+Shift+Z', 'CommandOrControl+Plus', 'CommandOrControl+-', 'CommandOrControl+0',
    ])
  })

  test('show no key without Ctrl on macOS, where it would be taken from text fields', () => {
    expect(acceleratorOf('N', 'darwin')).toBeUndefined()
    expect(acceleratorOf('Ctrl K', 'darwin')).toBe('CommandOrControl+K')
  })

  test('contain every command and every key once', () => {
    const ids = commands.flatMap((command) => command.ids)
    const keys = commands.flatMap(({ key }) => key ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
