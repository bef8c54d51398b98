const isBuilt = import.meta.url.endsWith('.js')

/**
 * A file that the command line starts as a thread or a process, such as 'library/library.worker'. The build gives it the same name
 * (scripts/command-line.ts). A test that runs the sources starts the source.
 */
export const programFile = (name: string) => new URL(isBuilt ? `./${name}.js` : `../${name}.ts`, import.meta.url)
