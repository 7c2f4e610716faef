/** Stands in for the program that moves backups to a repository: a folder. Written for the tests, with the commands that scripts use. */
export const DATASAFED: string = `#!/bin/sh
set -eu
base=$DATASAFED_STORE\${DATASAFED_BACKEND_BASE_PATH:-}
command=$1; shift
case $command in
  push) mkdir -p "$(dirname "$base/$2")"; if [ "$1" = - ]; then cat >"$base/$2"; else cp "$1" "$base/$2"; fi ;;
  pull) if [ "$2" = - ]; then cat "$base/$1"; else cp "$base/$1" "$2"; fi ;;
  list)
    for last; do :; done
    [ ! -d "$base/$last" ] || (cd "$base" && find "./$last" -type f | sed 's|^\\./*||; s|^/*||' | sort) ;;
  stat) printf 'TotalSize: %s\\n' "$(du -sb "$base" | cut -f1)" ;;
  rm) for last; do :; done; rm -rf "$base/$last" ;;
  *) exit 64 ;;
esac
`
