import addonSchema from '../../schemas/addon.v1.schema.json' with { type: 'json' }
import parametersSchema from '../../schemas/parameters.v1.schema.json' with { type: 'json' }
import type { Report } from '../diagnostics/index.ts'
import type { Addon } from '../generated/addon.ts'
import type { Parameters } from '../generated/parameters.ts'
import { validateAddon, validateParameters } from '../generated/validators.js'
import { type Document, reportViolations } from './violations.ts'

export { repositoryProblem } from './repository.ts'
export type { Document } from './violations.ts'

/** Checks a descriptor against its schema, and reports every violation at its place. Returns it typed when there is none. */
export function validate(document: Document, report: Report): Addon | undefined {
  return reportViolations(validateAddon, addonSchema, document, report) ? (document.value as Addon) : undefined
}

/** The same for a file of parameters. */
export function validateParameterFile(document: Document, report: Report): Parameters | undefined {
  return reportViolations(validateParameters, parametersSchema, document, report) ? (document.value as Parameters) : undefined
}
