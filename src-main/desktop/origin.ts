export const SCHEME = 'chalcogen'

/** Origin of our own pages. */
export const ORIGIN = `${SCHEME}://app`

/** The pages of the window: bundled, or from the development server. */
export interface Pages {
  origin: string
  start: string
}

export function pagesFrom(developmentServer: string | undefined): Pages {
  if (!developmentServer) return { origin: ORIGIN, start: `${ORIGIN}/index.html` }
  return { origin: new URL(developmentServer).origin, start: developmentServer }
}
