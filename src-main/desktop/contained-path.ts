import { resolve, sep } from 'node:path'

/** The file below `root` that a URL path names; null if the path leaves `root` or is malformed. */
export function containedPath(root: string, urlPath: string): string | null {
  const path = decoded(urlPath)
  if (path === null || path.includes('\0') || path.includes('\\')) return null
  const file = resolve(root, `.${path}`)
  return file.startsWith(resolve(root) + sep) ? file : null
}

function decoded(urlPath: string): string | null {
  try {
    return decodeURIComponent(urlPath)
  } catch {
    return null
  }
}
