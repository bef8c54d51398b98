export type Subject = 'task' | 'device'

const subjects: Readonly<Record<string, Subject>> = { task: 'task', device: 'device', scheme: 'device' }

/** What pictures a field asks for; null where either will do. */
export const subjectOf = (path: string): Subject | null => subjects[path.split('.')[0]] ?? null
