/** Status of a run as stored, with the word that every screen shows for it. */
export const statusTitles = {
  queued: 'queued',
  running: 'running',
  paused: 'paused',
  done: 'finished',
  stopped: 'stopped',
  failed: 'failed',
  interrupted: 'interrupted',
} as const

export type Status = keyof typeof statusTitles
