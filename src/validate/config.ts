import configSchema from '../../schemas/config.v1.schema.json' with { type: 'json' }
import type { Report } from '../diagnostics/index.ts'
import type { Config } from '../generated/config.ts'
import { validateConfig } from '../generated/config-validator.js'
import { type Document, reportViolations } from './violations.ts'

/** Checks a configuration against its schema, and reports every violation at its place. Returns it typed when there is none. */
export function validateConfiguration(document: Document, report: Report): Config | undefined {
  return reportViolations(validateConfig, configSchema, document, report) ? (document.value as Config) : undefined
}
