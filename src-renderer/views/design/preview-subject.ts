export type Subject = 'task' | 'device'

const subjects: Readonly<Record<string, Subject>> = { task: 'task', device: 'device', scheme: 'device' }

/** Subject of the previews that a field affects; null if it affects neither. */
export const subjectOf = (path: string): Subject | null => subjects[path.split('.')[0]!] ?? null
