import { nextTick } from 'vue'

/** Select the text of the input that received the event, once its value is up to date. */
export const selectText = ({ target }: Event) => void nextTick(() => { if (target instanceof HTMLInputElement) target.select() })
