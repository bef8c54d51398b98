/** Files of the threads of an application, by what these do. */
export const threadNames = {
  library: 'library/library.worker',
  engine: 'runs/engine.worker',
  file: 'library/file.worker',
  comparison: 'app/comparison.worker',
  export: 'app/export.worker',
  import: 'app/import.worker',
  signal: 'app/signal.worker',
  document: 'app/document.worker',
} as const

export type ThreadFiles = Record<keyof typeof threadNames, string | URL>

/** @param locate tells where the file of a name is */
export const threadFiles = (locate: (name: string) => string | URL) =>
  Object.fromEntries(Object.entries(threadNames).map(([thread, name]) => [thread, locate(name)])) as ThreadFiles
