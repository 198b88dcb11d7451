#!/usr/bin/env bash
# Times PyTorch with and without elu's kernels: single calls and whole networks. The tables go to docs/pytorch.md and
# README.md.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/build.sh full elu-bench-calls
echo "bench: measuring PyTorch; this takes some minutes"
scripts/python.sh run bench/pytorch/who_gains.py --calls build/bin/elu-bench-calls --update
