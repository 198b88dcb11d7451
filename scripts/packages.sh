#!/usr/bin/env bash
# Installs the Debian packages that a part of the project needs and that this machine lacks.
#   scripts/packages.sh core    library, program `elu`, their tests
#   scripts/packages.sh full    the same and what `elu-lab` needs
set -euo pipefail

packages=(g++ cmake ninja-build libhwy-dev libcli11-dev libgtest-dev libmpfr-dev python3-mpmath gnuplot-nox)
if [ "${1:-}" = full ]; then
  packages+=(nlohmann-json3-dev python3-venv)
  command -v npm >/dev/null || packages+=(npm)  # a machine may have npm from elsewhere
fi

if ! command -v dpkg-query >/dev/null; then
  echo "packages: this is no Debian system; install by your own means what stands for: ${packages[*]}" >&2
  exit 0
fi

missing=()
for package in "${packages[@]}"; do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! { command -v sudo && sudo -n true; } >/dev/null 2>&1; then
    echo "packages: missing; paste this line, then run make again: sudo apt-get install -y ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo -n)
fi

echo "packages: installing ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}
# The package lists may be old or absent: refresh them only when the first try fails.
if ! install >"$log" 2>&1 && ! { "${as_root[@]}" apt-get update && install; } >"$log" 2>&1; then
  echo "packages: cannot install (is the network there?): $(grep -m 1 '^[EW]:' "$log" || tail -n 1 "$log")" >&2
  exit 1
fi
