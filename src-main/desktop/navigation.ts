import { shell, type WebContents } from 'electron'
import { isAllowedLink } from './external-links.ts'

/** Keeps a page where it is: no navigation, no new windows, no embedded pages; allowed links open in the browser. */
export function confine(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (isAllowedLink(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
}
