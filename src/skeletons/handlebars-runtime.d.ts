declare module 'handlebars/runtime' {
  /** The part of Handlebars that runs precompiled templates. */
  interface Runtime {
    create(): Runtime
    registerHelper(helpers: Readonly<Record<string, (text: unknown) => string>>): void
    template(precompiled: object): (data: object) => string
  }
  const runtime: Runtime
  export default runtime
}
