#!/usr/bin/env bash
# Times and errors of elu and its peers, in one table.
#   scripts/bench.sh full     installs the peers; results and figures go to bench/results
#   scripts/bench.sh quick    with the C++ peers that are there, fewer sizes; results go to out
set -euo pipefail
cd "$(dirname "$0")/.."

part=$1
scripts/packages.sh bench
if [ "$part" = full ]; then
  # A peer that cannot be had is a line of the report, no failure.
  for peer in xnnpack eigen; do scripts/packages.sh $peer || true; done
  scripts/torch.sh || true
  scripts/peers.sh
fi
scripts/build.sh bench elu-bench

mkdir -p out
measured=(out/bench-best.json)
echo "bench: measuring; this takes $([ "$part" = full ] && echo 'some minutes' || echo 'less than a minute')"
progress=out/bench.log
build-bench/bin/elu-bench "$part" out/bench-best.json 2>"$progress" || {
  echo "bench: elu-bench failed: $(tail -n 1 "$progress"); the whole log: $progress" >&2
  exit 1
}
if [ "$part" = full ]; then
  # On a machine without AVX2 the targets that need it are not measured.
  ! ELU_TARGET=AVX2 ATEN_CPU_CAPABILITY=avx2 build-bench/bin/elu-bench avx2 out/bench-avx2.json 2>>"$progress" ||
    measured+=(out/bench-avx2.json)
  python3 bench/report.py "${measured[@]}" --folder bench/results
  python3 bench/performance.py
else
  python3 bench/report.py "${measured[@]}" --output out/bench-quick.json
fi
