/** Findings about packages: when they are made, and when they are verified. */
export type PackageCode =
  | 'package/archive'
  | 'package/different'
  | 'package/key'
  | 'package/name'
  | 'package/no-addon'
  | 'package/release'
  | 'package/signature'
  | 'package/unsigned'
  | 'package/version'
