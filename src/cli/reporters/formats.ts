/** How a run can be reported. */
export const FORMATS = ['text', 'json', 'sarif', 'junit', 'github', 'markdown'] as const

export type Format = (typeof FORMATS)[number]
