import { expect, test } from 'vitest'
import { displayOf, hasDisplay } from '../../../scripts/runtime/display.ts'
import { desktopEnvironment, sandboxObstacle } from '../../../scripts/runtime/sandbox.ts'

test('Linux has a display if X11 or Wayland names one, and other systems always have one', () => {
  expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true)
  expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
  expect(hasDisplay({ DISPLAY: '' }, 'linux')).toBe(false)
  expect(hasDisplay({}, 'darwin')).toBe(true)
})

test('each process has a virtual display of its own, and the machine\'s where there is one', () => {
  expect(displayOf(0, { CHALCOGEN_DISPLAYS: ':7 :8' })).toEqual({ DISPLAY: ':7' })
  expect(displayOf(1, { CHALCOGEN_DISPLAYS: ':7 :8' })).toEqual({ DISPLAY: ':8' })
  expect(displayOf(1, { DISPLAY: ':0' })).toEqual({})
})

test('the sandbox is off only for root or if user namespaces are restricted', () => {
  const free = () => null
  const restricted = (name: string) => (name === 'kernel/apparmor_restrict_unprivileged_userns' ? '1' : null)
  const forbidden = (name: string) => (name === 'kernel/unprivileged_userns_clone' ? '0' : null)
  expect(sandboxObstacle('linux', 1000, free)).toBeNull()
  expect(sandboxObstacle('linux', 0, free)).toMatch(/root/)
  expect(sandboxObstacle('linux', 1000, restricted)).toMatch(/namespaces/)
  expect(sandboxObstacle('linux', 1000, forbidden)).toMatch(/namespaces/)
  expect(sandboxObstacle('darwin', 0, free)).toBeNull()
})

test('Electron is not started as plain Node', () => {
  expect(desktopEnvironment({ ELECTRON_RUN_AS_NODE: '1', HOME: '/home/x' })).not.toHaveProperty('ELECTRON_RUN_AS_NODE')
})
