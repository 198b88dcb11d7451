#!/usr/bin/env bash
# Makes .peers, a Python environment with the peers of `make bench` that come as wheels (oneDNN's hold its headers and
# its library). One that cannot be installed is no failure: .peers/NAME.absent keeps the reason for the report.
# Silent, and needs no network, when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."

# peer: what pip installs for it
peers=(
  "onednn: onednn-cpu-gomp==2023.2.0 onednn-devel-cpu-gomp==2023.2.0"
  "onnxruntime: onnxruntime==1.32.0 onnx==1.23.2"
  "openvino: openvino==2026.4.0"
  "jax: jax==0.10.2 jaxlib==0.10.2"
)

log=$(mktemp)
trap 'rm -f "$log"' EXIT
.peers/bin/python -m pip --version >"$log" 2>&1 || python3 -m venv --clear .peers >"$log" 2>&1 || {
  mkdir -p .peers
  for peer in "${peers[@]}"; do
    echo "python3 -m venv failed: $(tail -n 1 "$log")" >".peers/${peer%%:*}.absent"
  done
  echo "peers: python3 -m venv failed: $(tail -n 1 "$log"); those that come as wheels will be absent" >&2
  exit 0
}

for peer in "${peers[@]}"; do
  name=${peer%%:*}
  read -ra wheels <<<"${peer#*: }"
  [ "$(cat ".peers/$name.installed" 2>/dev/null)" != "${wheels[*]}" ] || continue
  echo "peers: installing ${wheels[*]}"
  rm -f ".peers/$name.absent"
  if .peers/bin/python -m pip install --quiet --disable-pip-version-check --retries 2 \
    --constraint scripts/constraints.txt "${wheels[@]}" >"$log" 2>&1; then
    echo "${wheels[*]}" >".peers/$name.installed"
  else
    { grep -m 1 -E '^ERROR|rror:' "$log" || tail -n 1 "$log"; } >".peers/$name.absent"
    echo "peers: $name cannot be installed and will be absent: $(cat ".peers/$name.absent")" >&2
  fi
done
