import configSchema from '../../schemas/config.v1.schema.json' with { type: 'json' }
import { catalogue, type Report, suggest } from '../diagnostics/index.ts'
import type { Config } from '../generated/config.ts'
import { validateConfig } from '../generated/config-validator.js'
import { repositoryProblem } from './repository.ts'
import { type Document, reportViolations } from './violations.ts'

/**
 * Checks a configuration against its schema, that the codes it names are there, and that packages can be found at its repository; reports every violation
 * at its place. Returns it typed when there is none.
 */
export function validateConfiguration(document: Document, report: Report): Config | undefined {
  if (!reportViolations(validateConfig, configSchema, document, report)) return undefined
  const config = document.value as Config
  const codes = Object.keys(catalogue)
  const known = [...codes, ...new Set(codes.map((code) => `${code.split('/')[0]}/*`))]
  const unknown = Object.keys(config.check?.severities ?? {}).filter((code) => !known.includes(code))
  for (const code of unknown) {
    const place = document.locate(['check', 'severities', code], 'key')
    report({ code: 'schema/unknown-field', message: `There is no code "${code}".`, place, hint: suggest(code, known) })
  }
  const problem = config.repository === undefined ? undefined : repositoryProblem(config.repository)
  if (problem !== undefined) {
    const place = document.locate(['repository'], 'value')
    report({ code: 'schema/pattern', message: `repository ${problem.message}`, place, hint: problem.hint })
  }
  return unknown.length === 0 && problem === undefined ? config : undefined
}
