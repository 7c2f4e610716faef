import type { Component, ResolvedAddon } from '../../model/addon.ts'

/** The component clients connect to: the first that has a default service. The operator takes the same one for the credential. */
export function facedComponent(addon: ResolvedAddon): Component | undefined {
  return addon.components.find(({ services }) => services.some(({ name }) => name === 'default'))
}
