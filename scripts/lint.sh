#!/usr/bin/env bash
# What clang-format would change in any C or C++ source, and what clang-tidy finds in the core: nothing, or exit 1.
#   scripts/lint.sh
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/packages.sh lint
status=0
fail() {
  echo "lint: $1" >&2
  status=1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[[ $(clang-format --version) =~ version\ 14\. ]] || {  # others format some places in another way
  fail "clang-format 14 is needed, which Debian 12 has; here is $(clang-format --version)"
  exit 1
}
if ! git ls-files -z --cached --others --exclude-standard '*.cc' '*.h' '*.hpp' '*.c' |
  xargs -0 clang-format --dry-run --Werror 2>"$work/log"; then
  files=$(sed -nE 's/^([^:]+):[0-9]+:[0-9]+: .*/\1/p' "$work/log" | sort -u | xargs)
  if [ -n "$files" ]; then
    fail "clang-format would change some files; this does it: clang-format -i $files"
  else
    fail "clang-format failed: $(head -n 1 "$work/log")"
  fi
fi

# clang-tidy needs to know how files are compiled; that takes no compiling.
cmake --preset clang >"$work/log" 2>&1 || {
  fail "cmake failed: $(grep -m 1 -i error "$work/log" || tail -n 1 "$work/log")"
  exit 1
}
# Once for each file, though tests compile some of them too.
python3 -c 'import json, sys; print(json.dumps(list({c["file"]: c for c in json.load(sys.stdin)}.values())))' \
  <build-clang/compile_commands.json >"$work/compile_commands.json"
# Without the kernels, of which each is compiled once for each instruction set.
if ! git ls-files 'src/*.cc' 'program/*.cc' 'figures/*.cc' 'cli/*.cc' ':!src/cpu/float*/kernels.cc' |
  xargs -P "$(nproc)" -n 1 clang-tidy --quiet -p "$work" >"$work/found" 2>"$work/log"; then
  cat "$work/found"
  places=$(grep -cE '(error|warning): ' "$work/found" || true)
  if [ "$places" -gt 0 ]; then
    fail "clang-tidy finds fault with what stands above: $places; .clang-tidy says what it looks for"
  else
    fail "clang-tidy failed: $(grep -m 1 -i error "$work/log" || tail -n 1 "$work/log")"
  fi
fi
exit $status
