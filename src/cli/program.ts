import { Command, Option } from 'commander'
import { addRepositoryCommands } from './program-repository.ts'
import { FORMATS } from './reporters/formats.ts'
import { VERSION } from './version.ts'

/** The commands and options; `finish` takes the exit code of a command. */
export function createProgram(finish: (code: number) => void): Command {
  const program = new Command('addonsmith')
    .description('Makes Helm charts for KubeBlocks addons from typed descriptors, checks and packages them.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpCommand(false)
    .showHelpAfterError('(addonsmith --help lists commands and options)')
    .exitOverride()
  const format = () => new Option('--format <format>', 'how findings and results are printed').choices(FORMATS).default('text')
  const kubeblocks = () => new Option('--kubeblocks <releases>', 'KubeBlocks releases, separated by commas, or all').default('all')
  const helm = () => new Option('--helm <path>', 'the helm to use (default: HELM_BIN, PATH, the fetched copy)')

  program
    .command('build')
    .description('build charts from addons, prove them with Helm, and write them')
    .argument('[addon...]', 'names below addons/, or paths; all when none is given')
    .addOption(kubeblocks())
    .addOption(new Option('--out <folder>', 'where charts go, as <folder>/<kubeblocks>/<chart>').default('dist/charts'))
    .option('--check', 'write nothing; exit 1 when the charts on disk differ')
    .option('--diff', 'write nothing; print what would change')
    .option('--force', 'overwrite charts that were edited by hand')
    .option('--explain', 'write nothing; print how each release expresses what an addon says, and what is lost')
    .option('--no-helm', 'do not run Helm: build without rendering, linting and checking')
    .addOption(helm())
    .addOption(format())
    .exitOverride()
    .action(async (addons: string[], options) => finish(await (await import('./commands/build.ts')).build(addons, options)))

  program
    .command('check')
    .description('check descriptors, charts and rendered objects')
    .argument('<path...>', 'descriptors, charts (folders or .tgz), rendered objects (.yaml), or folders in which charts lie')
    .addOption(
      new Option(
        '--kubeblocks <releases>',
        'KubeBlocks releases, separated by commas, or all (default: the one a chart is for, all of a descriptor)',
      ),
    )
    .addOption(new Option('--preset <preset>', 'severities to start from (default: recommended)').choices(['recommended', 'strict']))
    .addOption(
      new Option('--fail-on <severity>', 'least severity that makes the exit code 1 (default: error)').choices(['error', 'warning', 'info', 'never']),
    )
    .option('--baseline-report <file>', 'a report of --format json: what is in it is left out, so that only new findings fail')
    .option('--no-lint', 'do not run helm lint')
    .option('--jobs <number>', 'charts that Helm renders at a time (default: one a processor)')
    .addOption(helm())
    .addOption(format())
    .exitOverride()
    .action(async (paths: string[], options) => finish(await (await import('./commands/check.ts')).check(paths, options)))

  program
    .command('package')
    .description('build charts from addons and pack them')
    .argument('[addon...]', 'names below addons/, or paths; all when none is given')
    .addOption(kubeblocks())
    .addOption(new Option('--out <folder>', 'where packages go, as <folder>/<kubeblocks>/<chart>-<version>.tgz').default('dist/packages'))
    .option(
      '--repository <url>',
      'where packages will be found, as <url>/<kubeblocks>/<chart>-<version>.tgz (https://, http://, oci://): write their Addon objects too (default: repository in addonsmith.config.yaml)',
    )
    .option('--sign <file>', 'sign with the OpenPGP secret key in this file, as Helm does: write <package>.prov (passphrase: ADDONSMITH_PASSPHRASE)')
    .option('--passphrase-file <file>', 'file whose first line is the passphrase of that key')
    .option('--no-helm', 'do not run Helm: pack without rendering, linting and checking')
    .addOption(helm())
    .addOption(format())
    .exitOverride()
    .action(async (addons: string[], options) => finish(await (await import('./commands/package.ts')).packageAddons(addons, options)))

  program
    .command('verify')
    .description('make packages again from the sources here, and say whether they are equal')
    .argument('<package...>', 'packages that addonsmith wrote (.tgz)')
    .option('--addon <addon>', 'name below addons/, or path, of the addon that they are of (default: the one with that name)')
    .option('--keyring <file>', 'OpenPGP public keys: packages must be signed by one of them')
    .option('--no-helm', 'do not run Helm: for packages that were packed so')
    .addOption(helm())
    .addOption(format())
    .exitOverride()
    .action(async (packages: string[], options) => finish(await (await import('./commands/verify.ts')).verify(packages, options)))

  addRepositoryCommands(program, format, finish)
  addRuleCommands(program, finish)

  program
    .command('doctor')
    .description('say what this machine has, what is missing, and how to get it')
    .option('--fetch-helm', 'fetch a tested Helm into the cache (linux x64), where none is found')
    .addOption(helm())
    .exitOverride()
    .action(async (options) => finish(await (await import('./commands/doctor.ts')).doctor(options)))

  addSchemaCommands(program, format, finish)
  return program
}

function addRuleCommands(program: Command, finish: (code: number) => void): void {
  program
    .command('rules')
    .description('list what charts are checked for')
    .option('--area <area>', 'only codes of this area, the part before the slash')
    .option('--kind <kind>', 'only codes about objects of this kind')
    .addOption(new Option('--format <format>', 'how the list is printed').choices(['text', 'json', 'markdown']).default('text'))
    .exitOverride()
    .action(async (options) => finish((await import('./commands/rules.ts')).rules(options)))

  program
    .command('explain')
    .description('say what codes of findings mean, why it matters and what to do')
    .argument('<code...>', 'codes, as findings show them')
    .exitOverride()
    .action(async (codes: string[]) => finish((await import('./commands/explain.ts')).explain(codes)))
}

function addSchemaCommands(program: Command, format: () => Option, finish: (code: number) => void): void {
  const schema = program
    .command('schema')
    .description('schemas of the KubeBlocks API, for editors and other checkers')
    .helpCommand(false)
    .exitOverride()

  schema
    .command('export')
    .description('write a JSON Schema for each kind, as editors and kubeconform take them')
    .addOption(new Option('--kubeblocks <releases>', 'releases of the API model, separated by commas, or all').default('all'))
    .addOption(new Option('--out <folder>', 'where schemas go, as <folder>/<kubeblocks>/<kind>-<group>-<version>.json').default('dist/schemas'))
    .option('--exact', 'say what the API server says: keep open what CRDs leave open (default: close everything whose fields are known)')
    .option('--api <folder>', 'an API model that "schema import" wrote (default: the one that comes with addonsmith)')
    .addOption(format())
    .exitOverride()
    .action(async (options) => finish(await (await import('./commands/schema-export.ts')).schemaExport(options)))

  schema
    .command('import')
    .description('make an API model from CustomResourceDefinitions, of a cluster or of another release of KubeBlocks')
    .argument('<path>', 'a file (YAML or JSON, several documents), or a folder of such files')
    .addOption(new Option('--name <release>', 'how the release is called in the model').default('cluster'))
    .addOption(new Option('--out <folder>', 'where the model goes, as <folder>/<release>').default('dist/api'))
    .addOption(format())
    .exitOverride()
    .action(async (path: string, options) => finish(await (await import('./commands/schema-import.ts')).schemaImport(path, options)))
}
