export const SCHEME = 'chalcogen'

/** Where our own pages live; any other origin is foreign. */
export const ORIGIN = `${SCHEME}://app`

/** The first page of a window: the bundled one, or the development server's. */
export interface Pages {
  origin: string
  start: string
}

export function pagesFrom(developmentServer: string | undefined): Pages {
  if (!developmentServer) return { origin: ORIGIN, start: `${ORIGIN}/index.html` }
  return { origin: new URL(developmentServer).origin, start: developmentServer }
}
