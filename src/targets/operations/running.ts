import { map, pair, seq } from '../../gotemplate/index.ts'
import { type Example, operation } from './example.ts'
import type { Subject } from './subject.ts'

/** Restart, stop and start. */
export function running(subject: Subject): readonly Example[] {
  const components = subject.sizes.map(({ component }) => component.name)
  return [
    operation(subject, 'restart', {
      about: [`Restarts the pods of ${components.join(', ')}.`],
      type: 'Restart',
      spec: pair('restart', seq(components.map((name) => map(pair('componentName', name))))),
    }),
    operation(subject, 'stop', { about: ['Stops the cluster: its pods go, its volumes stay.'], type: 'Stop' }),
    operation(subject, 'start', { about: ['Starts the cluster that stop.yaml stopped.'], type: 'Start' }),
  ]
}
