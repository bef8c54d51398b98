import * as z from 'zod'
import { listedGroupsSchema, runCellsSchema, runOrderSchema, runQuerySchema, whichRunsSchema } from '../../contract/query.ts'
import { read, write } from '../operation.ts'
import { ParameterIndex } from './parameter-index.ts'
import { RunQueries } from './run-queries.ts'

const presetTitles = z.record(z.string(), z.string())

export const queryOperations = {
  /** Ids of the runs that a query finds, newest first. */
  findRuns: read([whichRunsSchema, presetTitles], ({ db }, which, titles) => new RunQueries(db, titles).find(which)),
  countRuns: read([whichRunsSchema, presetTitles], ({ db }, which, titles) => new RunQueries(db, titles).count(which)),
  /** Values of the runs that a query finds, sorted, or groups of them with mean and SD. */
  queryRuns: read([runQuerySchema, presetTitles], ({ db }, asked, titles) => new RunQueries(db, titles).query(asked)),
  /** Ids of the runs of a list, in its order and groups. */
  orderRuns: read([runOrderSchema, presetTitles], ({ db }, asked, titles) => new RunQueries(db, titles).order(asked)),
  /** Values of some groups of a list. */
  listedGroups: read([listedGroupsSchema, presetTitles], ({ db }, asked, titles) => new RunQueries(db, titles).groups(asked)),
  /** Values of runs by their ids. */
  runCells: read([runCellsSchema], ({ db }, asked) => new RunQueries(db, {}).cells(asked)),
  completeQuery: read([z.string(), z.int().min(0), presetTitles], ({ db }, query, cursor, titles) =>
    new RunQueries(db, titles).complete(query, cursor)),
  /** Indexes runs of earlier versions by their parameters, some at a time. Repeat it until it is done. */
  indexParameters: write([], ({ db }) => new ParameterIndex(db).indexNext(), { ifReadOnly: { indexed: 0, done: true } }),
}
