/** Whether windows can be shown on this machine. */
export function hasDisplay(env = process.env, platform = process.platform): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/** Programs that provide a virtual display. */
export const virtualDisplayPrograms = ['xvfb-run', 'xauth']

/** The same command line on a virtual display. It is larger than the window, which would otherwise be one pixel too small. */
export function onVirtualDisplay([command, args]: [string, string[]]): [string, string[]] {
  return ['xvfb-run', ['-a', '-s', '-screen 0 1920x1200x24', command, ...args]]
}
