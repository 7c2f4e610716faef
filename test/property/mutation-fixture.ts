import { fixture } from '../support/fixture-addon.ts'

const everything = fixture('everything')

/** A good descriptor that uses every field of the schema. */
export const RICH: string = everything.descriptor

/** The files beside it. */
export const FILES: Readonly<Record<string, string>> = everything.files
