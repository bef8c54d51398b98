import type { Component, InjectionKey } from 'vue'
import type { Problem } from '../../../src-engine/experiment/problem.ts'
import type { Field } from './form-model.ts'

/** Shared by all parts of one form. */
export interface FormContext {
  readonly document: Readonly<Record<string, unknown>>
  /** The values that changes are measured against, with unions of the document's kind. */
  readonly base: Readonly<Record<string, unknown>>
  /** The preset itself. */
  readonly preset: Readonly<Record<string, unknown>>
  readonly problems: readonly Problem[]
  /** Paths that are not shown. */
  readonly hidden: readonly string[]
  /** Paths that match the search; null without a search. */
  readonly found: ReadonlySet<string> | null
  /** Custom inputs by path, in place of the one made from the schema. Props: field, value, bad. Emits: change. */
  readonly inputs: Readonly<Record<string, Component>>
  /** Components shown above the fields of a group, by path. */
  readonly above: Readonly<Record<string, Component>>
  /** One of several changes while the user types: together one undo step. */
  type(path: string, value: unknown): void
  /** A change that is an undo step of its own. */
  put(path: string, value: unknown): void
  look(field: Field): void
}

export const formContext: InjectionKey<FormContext> = Symbol('spec form')

export const isShown = ({ path }: Field, { hidden, found }: FormContext) =>
  !hidden.includes(path) && (found === null || found.has(path))
