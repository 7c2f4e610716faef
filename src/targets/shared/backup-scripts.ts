import { type Node, type Origin, scalar, seq } from '../../gotemplate/index.ts'
import type { TextFile } from '../../model/addon.ts'
import type { ChartFile } from '../../model/chart.ts'
import { contentNode } from './config-map.ts'

/** Files one after the other; a shebang in the middle would only be a comment, and is left out. */
export function textOf(files: readonly TextFile[]): string {
  return files.map(({ text }) => text.replace(/^#!.*\n/, '').replace(/\n*$/, '\n')).join('\n')
}

/**
 * Text of a container command that the kubelet leaves as it is. It expands `$(NAME)` and takes `$$` for `$` in commands,
 * so a dollar sign before either is doubled.
 */
export function escapeForKubelet(text: string): string {
  return text.replace(/\$(?=[$(])/g, '$$$$')
}

/** A script that a job runs as text, which lies in the chart as the file `path`. */
export function jobScript(path: string, script: string, origin: Origin): { readonly text: Node; readonly files: readonly ChartFile[] } {
  const text = escapeForKubelet(script)
  const content = contentNode(path, text, origin)
  return { text: content, files: content.kind === 'expr' ? [{ path, text, origin }] : [] }
}

/** The command of a job that runs a script. */
export function shellCommand(script: Node): Node {
  return seq([scalar('/bin/sh'), scalar('-c'), script])
}
