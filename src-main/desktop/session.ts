import type { Session } from 'electron'
import { SCHEME } from './origin.ts'

const localSchemes = new Set([`${SCHEME}:`, 'file:', 'blob:', 'data:', 'devtools:'])

// Charts are copied as images. Reading the clipboard stays forbidden.
const granted = 'clipboard-sanitized-write'

/**
 * Restrict a session: our own pages get only the permission they need, and the network is blocked.
 * @param origin of our pages; the development server is reachable only if it is this origin
 */
export function lockSession(session: Session, origin: string): void {
  const isGranted = (permission: string, requesting: string) =>
    permission === granted && URL.canParse(requesting) && originOf(new URL(requesting)) === origin
  session.setPermissionRequestHandler((_contents, permission, decide, { requestingUrl }) =>
    decide(isGranted(permission, requestingUrl)))
  session.setPermissionCheckHandler((_contents, permission, requesting) => isGranted(permission, requesting))
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isLocal(url, origin) }))
}

// Node reports the origin of a custom scheme as "null".
const originOf = ({ protocol, host }: URL) => `${protocol}//${host}`

function isLocal(address: string, origin: string): boolean {
  const url = new URL(address)
  return localSchemes.has(url.protocol) || sameServer(url, origin)
}

// Live reload of the development server uses a WebSocket on the same host.
const sameServer = (url: URL, origin: string) => url.host === new URL(origin).host
