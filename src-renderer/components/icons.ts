/** Strokes on a 16 × 16 grid. */
export const icons = {
  library: 'M2.5 3.5h11M2.5 8h11M2.5 12.5h11',
  design: 'M2 13.5h4M3 10.5l7.5-7.5 2.5 2.5-7.5 7.5H3z',
  queue: 'M5 4h9M5 8h9M5 12h9M1.5 2.5L3.5 4l-2 1.5zM1.7 8h.6M1.7 12h.6',
  run: 'M1.5 8.5h2.5l2-5 3 9.5 2-6 1 1.5h2.5',
  compare: 'M2 13.5V3M2 13.5h12M4 10.5c3 0 3-6 9.5-6M4 7c3 0 4 4 9.5 4',
  settings: 'M2 4.5h6M12 4.5h2M10 2.7v3.6M2 11.5h2M8 11.5h6M6 9.7v3.6',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3l3.4 3.4',
  keys: 'M1.5 4.5h13v8h-13zM4 7h1M7.5 7h1M11 7h1M5 10h6',
  inspector: 'M2 3h12v10H2zM10 3v10',
  queued: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 5v3.3l2 1.2',
  running: 'M5 3.5l7 4.5-7 4.5z',
  done: 'M3 8.5l3.3 3.3L13 4.8',
  stopped: 'M4 4h8v8H4z',
  failed: 'M8 2.5l6 11H2zM8 6.5v3.3M8 11.3v.4',
  paused: 'M5.5 3.5v9M10.5 3.5v9',
  interrupted: 'M9.5 2L4.5 9H8l-1.5 5 5-7H8z',
  warning: 'M8 2.5l6 11H2zM8 6.5v3.3M8 11.3v.4',
  lock: 'M3.5 7.5h9v6h-9zM5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2',
  close: 'M4 4l8 8M12 4l-8 8',
  undo: 'M5.5 3L2.5 6l3 3M2.5 6h7a4 3.7 0 0 1 0 7.3H6',
  redo: 'M10.5 3l3 3-3 3M13.5 6h-7a4 3.7 0 0 0 0 7.3H10',
  revert: 'M3 3v3.5h3.5M3.3 6.3a5.2 5.2 0 1 1-.4 3.4',
  help: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM6.4 6.6c0-2.2 3.3-2 3.3 0 0 1.3-1.7 1.3-1.7 2.7M8 11.2v.3',
  fold: 'M6 4l4 4-4 4',
} as const

export type IconName = keyof typeof icons
