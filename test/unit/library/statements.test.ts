import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { keepStatements } from '../../../src-main/library/statements.ts'

function database(): Database.Database {
  const db = new Database(':memory:')
  db.exec('CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 2), (3, 4)')
  keepStatements(db)
  return db
}

const query = 'SELECT a, b FROM t ORDER BY a'

test('a statement is prepared once', () => {
  const db = database()
  expect(db.prepare(query)).toBe(db.prepare(query))
  const insert = 'INSERT INTO t VALUES (?, ?)'
  db.prepare(insert).run(5, 6)
  expect(db.prepare(insert).run(7, 8).changes).toBe(1)
  expect(db.prepare(query).all()).toHaveLength(4)
})

test('a mode of one use does not reach the next', () => {
  const db = database()
  expect(db.prepare(query).raw().all()).toEqual([[1, 2], [3, 4]])
  expect(db.prepare(query).all()).toEqual([{ a: 1, b: 2 }, { a: 3, b: 4 }])
  expect(db.prepare(query).pluck().all()).toEqual([1, 3])
  expect(db.prepare(query).raw().all()).toEqual([[1, 2], [3, 4]])
})

test('a statement can be used while the same one is read row by row', () => {
  const db = database()
  const seen: unknown[] = []
  for (const row of db.prepare(query).iterate()) seen.push([row, db.prepare(query).raw().all()])
  expect(seen).toEqual([
    [{ a: 1, b: 2 }, [[1, 2], [3, 4]]],
    [{ a: 3, b: 4 }, [[1, 2], [3, 4]]],
  ])
})

test('an error of the SQL is reported each time', () => {
  const db = database()
  for (let k = 0; k < 2; k++) expect(() => db.prepare('SELECT missing FROM t')).toThrow('no such column')
})
