import { net, protocol } from 'electron'
import { pathToFileURL } from 'node:url'
import { containedPath } from './contained-path.ts'
import { pageHeaders } from './content-policy.ts'
import { ORIGIN, SCHEME } from './origin.ts'

/** Register our URL scheme. Call this before the application is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serve only the files below `root`, as `chalcogen://app/…`. */
export function servePages(root: string): void {
  protocol.handle(SCHEME, (request) => answer(root, request))
}

async function answer(root: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' || !request.url.startsWith(`${ORIGIN}/`)) return refusal(403)
  const file = containedPath(root, new URL(request.url).pathname)
  if (file === null) return refusal(403)
  try {
    const { body, headers } = await net.fetch(pathToFileURL(file).href)
    return new Response(body, { headers: { ...Object.fromEntries(headers), ...pageHeaders } })
  } catch {
    return refusal(404)
  }
}

const refusal = (status: number) => new Response(null, { status, headers: pageHeaders })
