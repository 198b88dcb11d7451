#!/usr/bin/env bash
# Configures a build folder if need be and builds what a part of the project needs. Silent but for one line, unless it
# fails.
#   scripts/build.sh core [target...]    without PyTorch
#   scripts/build.sh full [target...]    with PyTorch from .venv
#   scripts/build.sh sanitize [target...]    the core under sanitizers and the fuzzers, by clang++, in build-sanitize
#   scripts/build.sh sanitize-threads, sanitize-memory [target...]    the core under other sanitizers
#   scripts/build.sh bench [target...]    the benchmark, with PyTorch if .venv has it, in build-bench
#   scripts/build.sh neon [target...]    the core for aarch64, in build-neon
#   scripts/build.sh mingw [target...]    the library for Windows, in build-mingw
#   scripts/build.sh clang [target...]    the core by clang++, in build-clang
set -euo pipefail
cd "$(dirname "$0")/.."

part=$1
shift
. scripts/compilers.sh
folder=build
[[ $part == core || $part == full ]] || folder=build-$part
log=$(mktemp)

# PyTorch's package warns of what it has "not found" and a build could do without.
reason() { grep -m 1 -iE '(^|[^_a-z])error( at|:)' "$log" || grep -m 1 -iE 'not found' "$log" || tail -n 1 "$log"; }

# One line on failure; the log stays for whoever wants more.
quietly() {
  "$@" >"$log" 2>&1 || {
    echo "build: $1 failed: $(reason); the whole log: $log" >&2
    exit 1
  }
}

# .configured names the part that a successful configuration was for; a failed one leaves none.
configured=$(cat $folder/.configured 2>/dev/null || true)
torch=.venv/bin/python
case $part,$configured in
  bench,*) configured= ;;  # looks each time which peers there are
  "$part,$part") ;;
  core,full) [ -x $torch ] || configured= ;;  # serves as well, as long as its PyTorch is there
  *) configured= ;;
esac
# Somebody has called cmake there since, with other options perhaps, or the preset has changed.
[ ! $folder/CMakeCache.txt -nt $folder/.configured ] || configured=
[ ! CMakePresets.json -nt $folder/.configured ] || configured=
if [ -z "$configured" ]; then
  rm -f $folder/.configured
  prefix='import torch; print(torch.utils.cmake_prefix_path)'
  [[ $part != full && $part != sanitize-threads ]] || ELU_TORCH_PREFIX=$($torch -c "$prefix")
  [ "$part" != bench ] || ELU_TORCH_PREFIX=$($torch -c "$prefix" 2>/dev/null || true)
  export ELU_TORCH_PREFIX=${ELU_TORCH_PREFIX:-}
  quietly cmake --preset "$part"
  echo "$part" >$folder/.configured
fi

targets=("${@:-all}")
if ! cmake --build $folder --target "${targets[@]}" -- -n 2>/dev/null | grep -q 'no work to do'; then
  echo "build: compiling ${targets[*]}; on two cores the core takes one minute, everything four"
fi
quietly cmake --build $folder --target "${targets[@]}"
rm -f "$log"
