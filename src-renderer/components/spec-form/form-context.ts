import type { Component, InjectionKey } from 'vue'
import type { Problem } from '../../../src-engine/spec/problem.ts'
import type { Field } from './form-model.ts'

/** What every part of one form shares. */
export interface FormContext {
  readonly document: Readonly<Record<string, unknown>>
  /** What "differs" is measured against, with unions of the document's kind. */
  readonly base: Readonly<Record<string, unknown>>
  /** The preset as it is. */
  readonly preset: Readonly<Record<string, unknown>>
  readonly problems: readonly Problem[]
  /** Paths that are not shown. */
  readonly hidden: readonly string[]
  /** Paths that a search left; null where nothing is searched for. */
  readonly found: ReadonlySet<string> | null
  /** Own inputs by path, in place of the one made from the schema; props: field, value, bad; emit: change. */
  readonly inputs: Readonly<Record<string, Component>>
  /** Shown above a group's fields, by path. */
  readonly above: Readonly<Record<string, Component>>
  /** One of many changes of a field that is being written in: together one step of undo. */
  type(path: string, value: unknown): void
  /** A change that is a step of undo by itself. */
  put(path: string, value: unknown): void
  look(field: Field): void
}

export const formContext: InjectionKey<FormContext> = Symbol('spec form')

export const isShown = ({ path }: Field, { hidden, found }: FormContext) =>
  !hidden.includes(path) && (found === null || found.has(path))
