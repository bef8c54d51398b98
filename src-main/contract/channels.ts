/** The only two channels between a window and the main process: calls there, events back. */
export const CALL_CHANNEL = 'chalcogen:call'
export const EVENT_CHANNEL = 'chalcogen:event'
