import { shell, type WebContents } from 'electron'
import { isAllowedLink } from './external-links.ts'
import type { Pages } from './origin.ts'

/**
 * Block navigation, new windows, embedded pages and WebRTC. Allowed links open in the system browser.
 * @param pages are loaded again if the window shows anything else
 */
export function confine(contents: WebContents, { origin, start }: Pages): void {
  // No handler of requests sees its packets, which could reach any host, and Chromium knows no policy of a page against it. Without a
  // proxy there are none.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  // Chromium asks nobody before it shows about:blank.
  contents.on('did-navigate', (_event, url) => {
    if (!url.startsWith(`${origin}/`)) void contents.loadURL(start).catch(() => {})
  })
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (isAllowedLink(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
}
