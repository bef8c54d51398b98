import { describe, expect, it, vi } from 'vitest'
import { createEventHub } from '../../../src-main/app/events.ts'

const notice = (message: string) => ({ level: 'info' as const, message })

describe('the event hub', () => {
  it('calls every listener until it unsubscribes', () => {
    const hub = createEventHub()
    const heard: string[] = []
    const leave = hub.on('library.notice', ({ message }) => heard.push(`a ${message}`))
    hub.on('library.notice', ({ message }) => heard.push(`b ${message}`))
    hub.emit('library.notice', notice('1'))
    leave()
    hub.emit('library.notice', notice('2'))
    expect(heard).toEqual(['a 1', 'b 1', 'b 2'])
  })

  it('keeps the error of a listener from the sender and the other listeners', () => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => {})
    const hub = createEventHub()
    const heard = vi.fn()
    hub.on('library.notice', () => { throw new Error('window is gone') })
    hub.on('library.notice', heard)
    expect(() => hub.emit('library.notice', notice('1'))).not.toThrow()
    expect(heard).toHaveBeenCalledOnce()
    expect(complain).toHaveBeenCalledWith(expect.objectContaining({ message: 'window is gone' }))
    complain.mockRestore()
  })
})
