#!/usr/bin/env bash
# What clang-format would change in the lines that differ from a commit, and what clang-tidy finds in the core: nothing,
# or exit 1.
#   scripts/lint.sh [COMMIT]    main unless given
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/packages.sh lint
status=0
changes=$(git clang-format --quiet --diff "${1:-main}" -- '*.cc' '*.h' '*.hpp' '*.c' || true)
if [ -n "$changes" ]; then
  printf '%s\n' "$changes"
  echo "lint: clang-format would change the lines above; git clang-format ${1:-main} does it" >&2
  status=1
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
cmake --preset clang >"$log" 2>&1 || {
  echo "lint: cmake failed: $(grep -m 1 -i error "$log" || tail -n 1 "$log")" >&2
  exit 1
}
ls src/*.cc src/proof/*.cc src/reference/*.cc src/cpu/{coefficients,targets,ties}.cc cli/*.cc |
  xargs -P 2 -n 4 clang-tidy --quiet -p build-clang 2>"$log" || status=1
exit $status
