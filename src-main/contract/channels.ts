/** The only channels between a window and the main process: calls to it, files that are dropped on it, events from it. */
export const CALL_CHANNEL = 'chalcogen:call'
export const DROP_CHANNEL = 'chalcogen:drop'
export const EVENT_CHANNEL = 'chalcogen:event'
