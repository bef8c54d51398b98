/** Whether windows can be shown on this machine. */
export function hasDisplay(env = process.env, platform = process.platform): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/** The programs that stand in for a missing display. */
export const virtualDisplayPrograms = ['xvfb-run', 'xauth']

/** The same command line, under a virtual display; a window of just the display's size would be made a pixel smaller. */
export function onVirtualDisplay([command, args]: [string, string[]]): [string, string[]] {
  return ['xvfb-run', ['-a', '-s', '-screen 0 1920x1200x24', command, ...args]]
}
