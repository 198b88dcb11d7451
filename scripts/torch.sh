#!/usr/bin/env bash
# Makes .venv with PyTorch for the CPU, whose wheel holds libtorch too, and what the tests read checkpoints with.
# Prints nothing and needs no network when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."

torch=2.13.0
others=("numpy>=1.26,<3" "pillow>=10,<14" "safetensors>=0.4,<1")

ready() { .venv/bin/python -c "import numpy, PIL, safetensors, torch; assert torch.__version__.split('+')[0] == '$torch'" 2>/dev/null; }
! ready || exit 0

fail() {
  echo "torch: $1" >&2
  exit 1
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
why() { grep -m 1 -E '^ERROR|rror:' "$log" || tail -n 1 "$log"; }

echo "torch: PyTorch $torch for the CPU and its helpers go to .venv: a download of about 250 MB, 900 MB on disk, minutes"
[ -x .venv/bin/python ] || python3 -m venv .venv >"$log" 2>&1 || fail "python3 -m venv failed: $(why)"
# The build named +cpu first: where the index has it, nobody gets gigabytes of CUDA libraries. On machines that are not
# x86-64 the plain name is a CPU build; elsewhere it is taken only when asked for.
pip() { .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@" >"$log" 2>&1; }
if ! pip "torch==$torch+cpu"; then
  if [ "$(uname -m)" = x86_64 ] && [ "${ELU_TORCH_PLAIN:-}" != 1 ]; then
    fail "no torch==$torch+cpu to be had ($(why)); point pip at an index that has PyTorch's CPU builds (PIP_EXTRA_INDEX_URL), or set ELU_TORCH_PLAIN=1 for the build with CUDA"
  fi
  pip "torch==$torch" || fail "cannot install torch==$torch: $(why)"
fi
pip "${others[@]}" || fail "cannot install ${others[*]}: $(why)"
ready || fail "installed, but 'import torch' fails; remove .venv and run make again"
