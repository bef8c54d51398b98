import { ElButton, ElMessage } from 'element-plus'
import { h } from 'vue'
import { showError } from './provide-charts.ts'

/** How long a long message stays: enough to read it and reach its button, ms. */
export const MESSAGE_DURATION = 8000
/** Above the status bar, so that messages cover neither the toolbar nor the first rows. */
export const MESSAGE_PLACE = { placement: 'bottom', offset: 36 } as const
const MAX_NAME_LENGTH = 60

/** Do something, and show the error if it fails. */
export async function attempt(act: () => Promise<void>): Promise<void> {
  try {
    await act()
  } catch (error) {
    showError(error)
  }
}

/**
 * Say what happened, with a button that undoes it.
 * @param test `data-test` of the message
 * @param more what the pointer shows over the message and over its button
 * @returns the message, to close it
 */
export function offerUndo(
  text: string, test: string, act: () => Promise<void>, more: { title?: string; key?: string } = {},
): { close(): void } {
  const onClick = () => {
    notice.close()
    void attempt(act)
  }
  const button = h(ElButton, { 'size': 'small', 'text': true, 'data-test': `undo-${test}`, 'title': more.key, onClick }, () => 'Undo')
  const message = h('span', { 'class': 'message-with-action', 'data-test': test, 'title': more.title }, [h('span', { class: 'name' }, text), button])
  const notice = ElMessage.success({ ...MESSAGE_PLACE, message, duration: MESSAGE_DURATION })
  return notice
}

/** A name as a message shows it. */
export const shortened = (name: string) => (name.length <= MAX_NAME_LENGTH ? name : `${name.slice(0, MAX_NAME_LENGTH - 1)}…`)
