#!/usr/bin/env bash
# Every float through forward, accurate and fast, and derivative at the thirteen proof sets of docs/numerics.md; all 2^32
# pairs of 16-bit numbers through backward at alpha 1, all 16-bit numbers through the functions of one at 1,000 alphas on
# every instruction set; 10^9 doubles through forward. An hour and a half on two cores.
#   scripts/prove.sh ELU
set -euo pipefail

elu=$1
status=0

prove() {
  "$elu" verify --all "$@" || status=1
}

celu_01=(--alpha 0.1 --input-scale 10)
celu_2=(--alpha 2 --input-scale 0.5)
selu=(--alpha 1.6732632423543772848170429916717 --scale 1.0507009873554804934193349852946)
sets=("--alpha 1" "--alpha 0.1" "--alpha 0.5" "--alpha 0.7" "--alpha 0.75" "--alpha 1.5" "--alpha 2" "--alpha 3"
      "--alpha 0x1.000003p+0" "--alpha 1 --scale 1.05" "${selu[*]}" "${celu_01[*]}" "${celu_2[*]}")
for type in f16 bf16; do
  prove --function backward --dtype $type --accuracy accurate
  for function in forward derivative derivative-from-output second-derivative; do
    prove --function $function --dtype $type --accuracy accurate
  done
done
for set in "${sets[@]}"; do
  read -ra parameters <<<"$set"
  prove --function forward --dtype f32 "${parameters[@]}"
  prove --function derivative --dtype f32 --accuracy accurate "${parameters[@]}"
done
prove --function forward --dtype f64 --accuracy accurate
exit $status
