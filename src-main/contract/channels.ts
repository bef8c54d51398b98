/** The only two channels between a window and the main process: calls to it, events from it. */
export const CALL_CHANNEL = 'chalcogen:call'
export const EVENT_CHANNEL = 'chalcogen:event'
