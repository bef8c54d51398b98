import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { backupName, backupsOf } from './backups.ts'
import { asideOf, draftOf, makeFolder, nearestFolder, refuseTaken, SIDE_FILES } from './files.ts'
import { announce, carryOut, type Change, type Rename, takeBack } from './unfinished.ts'

interface Move extends Change {
  /** Files to copy to another disk before anything is renamed. */
  copies: Rename[]
}

/** Copies and verifies files. */
type Copy = (files: Rename[]) => Promise<unknown>

/**
 * Moves a closed library and its backups, all or nothing. On another disk they are copied, and the originals stay under other names
 * for the user to remove.
 * @param note called once the library is in its new place
 */
export async function moveLibrary(from: string, to: string, copy: Copy, note: () => void): Promise<void> {
  for (const part of SIDE_FILES) refuseTaken(to + part)
  try {
    await perform(from, moveOf(from, to, isOneDisk), copy, note)
  } catch (error) {
    // Two mounts of one disk look like one disk, but a file cannot be renamed from one to the other.
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    await perform(from, moveOf(from, to, () => false), copy, note)
  }
}

async function perform(file: string, { copies, ...change }: Move, copy: Copy, note: () => void): Promise<void> {
  announce(file, change)
  try {
    for (const draft of copies) makeFolder(dirname(draft.to))
    if (copies.length > 0) await copy(copies)
  } catch (error) {
    takeBack(file, change)
    throw error
  }
  carryOut(file, change, note)
}

function moveOf(from: string, to: string, canRename: (rename: Rename) => boolean): Move {
  const move: Move = { action: 'move', library: to, copies: [], before: [], decisive: { from, to }, after: [] }
  for (const { file, reason, madeAt } of backupsOf(from)) {
    const rename = { from: file, to: backupName(to, reason, new Date(madeAt)) }
    if (canRename(rename)) move.before.push(rename)
    else {
      move.before.push(copied(move, rename))
      move.after.push({ from: file, to: asideOf(file, 'moved') })
    }
  }
  if (!canRename({ from, to })) {
    move.decisive = copied(move, { from, to })
    move.before.push({ from, to: asideOf(from, 'moved') })
  }
  return move
}

/** Plans a copy. @returns the rename that puts the copy in place */
function copied({ copies }: Move, { from, to }: Rename): Rename {
  const draft = draftOf(to)
  copies.push({ from, to: draft })
  return { from: draft, to }
}

const isOneDisk = ({ from, to }: Rename) => statSync(from).dev === statSync(nearestFolder(dirname(to))).dev
