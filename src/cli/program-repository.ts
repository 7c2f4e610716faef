import { type Command, Option } from 'commander'

/** The commands about chart repositories. */
export function addRepositoryCommands(program: Command, format: () => Option, finish: (code: number) => void): void {
  const allowForeign = () =>
    new Option('--allow-foreign <url...>', 'URLs below which an index may say that packages are; all others must be in the repository').default(
      [],
      'none',
    )
  const yaml = () => new Option('--yaml', 'write the index as YAML (default: as JSON, which is YAML too, and which Helm reads several times as fast)')

  program
    .command('publish')
    .description('put packages into a chart repository: packages first, then the index of each KubeBlocks release')
    .argument('[package...]', 'packages (.tgz), or folders in which they lie, such as dist/packages')
    .addOption(new Option('--to <folder>', 'the repository: <folder>/<kubeblocks>/index.yaml, and packages beside it').makeOptionMandatory())
    .addOption(new Option('--kubeblocks <release>', 'the KubeBlocks release of packages that do not say theirs'))
    .option('--dry-run', 'write nothing; say what would be done')
    .option('--withdraw', 'take back releases that were interrupted: of these packages, or all when none is given')
    .addOption(yaml())
    .addOption(allowForeign())
    .addOption(format())
    .exitOverride()
    .action(async (packages: string[], options) => finish(await (await import('./commands/publish.ts')).publishPackages(packages, options)))

  program
    .command('yank')
    .description('mark a published version as one that nobody should install; who names exactly that version still gets it')
    .argument('<chart>', 'name of the chart')
    .argument('<version>', 'its version')
    .addOption(new Option('--from <folder>', 'the repository').makeOptionMandatory())
    .addOption(new Option('--kubeblocks <release>', 'the KubeBlocks release of the chart').makeOptionMandatory())
    .addOption(new Option('--reason <text>', 'why; people see it in helm search repo').makeOptionMandatory())
    .addOption(yaml())
    .addOption(allowForeign())
    .addOption(format())
    .exitOverride()
    .action(async (chart: string, version: string, options) =>
      finish(await (await import('./commands/yank.ts')).yankVersion(chart, version, options)),
    )

  const repo = program.command('repo').description('chart repositories: check them, try them out').helpCommand(false).exitOverride()

  repo
    .command('check')
    .description('check a repository: every index, every package in it, digests, provenance files, Addon objects')
    .argument('<repository>', 'a folder, or the URL that helm repo add is given or the one above it')
    .addOption(allowForeign())
    .addOption(format())
    .exitOverride()
    .action(async (repository: string, options) => finish(await (await import('./commands/repo-check.ts')).repoCheck(repository, options)))

  repo
    .command('serve')
    .description('serve a repository to this machine, for trying it out; ends with ^C')
    .argument('<folder>', 'the repository')
    .addOption(new Option('--port <number>', 'where to listen; 0 for any that is free').default('8879'))
    .exitOverride()
    .action(async (folder: string, options) => finish(await (await import('./commands/repo-serve.ts')).repoServe(folder, options)))
}
