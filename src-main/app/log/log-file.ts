import { appendFile, mkdir, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Size at which a new file is begun, bytes. */
const FILE_BYTES = 1_000_000
/** Files that are kept: chalcogen.log, which is written, chalcogen.1.log and chalcogen.2.log. */
const FILES = 3
/** Lines that wait for a folder that cannot be written. What comes later is counted and lost. */
const MOST_WAITING = 1000

const nameOf = (age: number) => (age === 0 ? 'chalcogen.log' : `chalcogen.${age}.log`)

/**
 * Lines in a few files of bounded size, which several processes may write. Writing never blocks and never fails: lines wait while they
 * cannot be written, and are written with the next line that can.
 */
export class LogFile {
  readonly #folder: string
  readonly #fileBytes: number
  #waiting: string[] = []
  #lost = 0
  #writing: Promise<void> | null = null

  constructor(folder: string, fileBytes = FILE_BYTES) {
    this.#folder = folder
    this.#fileBytes = fileBytes
  }

  /** @param line without a line break */
  append(line: string): void {
    if (this.#waiting.length >= MOST_WAITING) this.#lost++
    else this.#waiting.push(line)
    this.#writing ??= this.#writeAll().finally(() => { this.#writing = null })
  }

  /** Resolves when no line is being written, whether or not that worked. */
  async flushed(): Promise<void> {
    while (this.#writing) await this.#writing
  }

  /** The newest lines of all processes, oldest first. Where the files cannot be read, those of this process. */
  async last(count: number): Promise<string[]> {
    await this.flushed()
    const lines = [...this.#waiting]
    for (let age = 0; age < FILES && lines.length < count; age++) {
      const text = await readFile(this.#file(age), 'utf8').catch(() => '')
      lines.unshift(...text.split('\n').slice(0, -1).slice(-count))
    }
    return lines.slice(-count)
  }

  async #writeAll(): Promise<void> {
    // Lines of the same moment are written together.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const lines = this.#waiting
      this.#waiting = []
      const text = [...lines, ...(this.#lost > 0 ? [`${this.#lost} lines could not be written.`] : []), ''].join('\n')
      try {
        await this.#makeRoom(Buffer.byteLength(text))
        await appendFile(this.#file(0), text)
        this.#lost = 0
      } catch {
        this.#keep(lines)
        return
      }
    }
  }

  #keep(lines: string[]): void {
    const all = [...lines, ...this.#waiting]
    this.#waiting = all.slice(0, MOST_WAITING)
    this.#lost += all.length - this.#waiting.length
  }

  async #makeRoom(bytes: number): Promise<void> {
    await mkdir(this.#folder, { recursive: true })
    const size = await stat(this.#file(0)).then((file) => file.size, () => 0)
    if (size === 0 || size + bytes <= this.#fileBytes) return
    // Another process may rename them at the same time.
    for (let age = FILES - 2; age >= 0; age--) await rename(this.#file(age), this.#file(age + 1)).catch(() => {})
  }

  #file(age: number): string {
    return join(this.#folder, nameOf(age))
  }
}
