#!/usr/bin/env bash
# Makes .venv with PyTorch for the CPU, whose wheel holds libtorch too, and what reads its checkpoints and images.
# Silent, and needs no network, when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."

version=2.13.0
others=("numpy>=1.26,<3" "pillow>=10,<14" "safetensors>=0.4,<1")

ready() {
  .venv/bin/python -c "import numpy, PIL, safetensors, torch; assert torch.__version__.split('+')[0] == '$version'" \
    2>/dev/null
}
! ready || exit 0

fail() {
  echo "torch: $1${ELU_DONE_SO_FAR:-}" >&2
  exit 1
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
why() {
  if grep -qE 'NewConnectionError|NameResolutionError|ConnectTimeout|Network is unreachable' "$log"; then
    echo "the package index cannot be reached; is the network there?"
  else
    grep -m 1 -E '^ERROR|rror:' "$log" || tail -n 1 "$log"
  fi
}

echo "torch: PyTorch $version for the CPU goes to .venv: 230 MB to download, 1 GB on disk, one or two minutes"
# An interrupted or outlived environment lacks pip: made anew.
.venv/bin/python -m pip --version >"$log" 2>&1 || python3 -m venv --clear .venv >"$log" 2>&1 ||
  fail "python3 -m venv failed: $(why)"
pip() {
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --retries 2 \
    --constraint scripts/constraints.txt "$@" >"$log" 2>&1
}
# The build named +cpu first: where the index has it, nobody gets gigabytes of CUDA libraries.
if ! pip "torch==$version+cpu"; then
  ! grep -qE 'ConnectionError|NameResolutionError|ConnectTimeout' "$log" || fail "$(why)"
  [ "$(uname -m)" != x86_64 ] ||
    echo "torch: your package index has no torch==$version+cpu: taking the build with CUDA, some gigabytes (to avoid them, interrupt and set PIP_EXTRA_INDEX_URL to PyTorch's index of CPU builds)"
  pip "torch==$version" || fail "cannot install torch==$version: $(why)"
fi
pip "${others[@]}" || fail "cannot install ${others[*]}: $(why)"
ready || fail "installed, but 'import torch' fails; remove .venv and run make again"
