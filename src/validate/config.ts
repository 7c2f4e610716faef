import configSchema from '../../schemas/config.v1.schema.json' with { type: 'json' }
import { catalogue, type Report, suggest } from '../diagnostics/index.ts'
import type { Config } from '../generated/config.ts'
import { validateConfig } from '../generated/config-validator.js'
import { textAt } from '../objects/index.ts'
import { repositoryProblem } from './repository.ts'
import { type Document, reportViolations } from './violations.ts'

/**
 * Checks a configuration against its schema, that the codes it names are there, and that packages can be found at its repository; reports every violation
 * at its place. Returns it typed when there is none.
 */
export function validateConfiguration(document: Document, report: Report): Config | undefined {
  const follows = reportViolations(validateConfig, configSchema, document, report)
  const checks = [follows && knowsCodes(document.value as Config, document, report), hasRepository(document, report)]
  return checks.every(Boolean) ? (document.value as Config) : undefined
}

function knowsCodes(config: Config, document: Document, report: Report): boolean {
  const codes = Object.keys(catalogue)
  const known = [...codes, ...new Set(codes.map((code) => `${code.split('/')[0]}/*`))]
  const unknown = Object.keys(config.check?.severities ?? {}).filter((code) => !known.includes(code))
  for (const code of unknown) {
    const place = document.locate(['check', 'severities', code], 'key')
    report({ code: 'schema/unknown-field', message: `There is no code "${code}".`, place, hint: suggest(code, known) })
  }
  return unknown.length === 0
}

/** Whether packages can be found at the repository, if there is one; the schema says what is no text. */
function hasRepository(document: Document, report: Report): boolean {
  const repository = textAt(document.value, 'repository') ?? ''
  const problem = repository === '' ? undefined : repositoryProblem(repository)
  if (problem === undefined) return true
  report({ code: 'schema/pattern', message: `repository ${problem.message}`, place: document.locate(['repository'], 'value'), hint: problem.hint })
  return false
}
