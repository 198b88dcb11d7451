#!/usr/bin/env bash
# Unpacks the source of Debian's Highway into build-mingw/highway, for which `make mingw` has no library. Silent when it
# is there.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/apt.sh

folder=build-mingw/highway
[ ! -d $folder ] || exit 0

fail() {
  echo "highway: $1" >&2
  exit 1
}

command -v apt-get >/dev/null || fail "there is no apt-get, which fetches Highway's source; this is no Debian system"
echo "highway: the source of Debian's Highway goes to $folder: 2 MB, with the lists 20 MB to download, some seconds"
mkdir -p build-mingw 2>/dev/null || fail "cannot make the folder build-mingw"
rm -rf build-mingw/part.*  # of a run that was killed
work=$(mktemp -d "$PWD/build-mingw/part.XXXXXX") || fail "cannot write to the folder build-mingw"
trap 'rm -rf "$work"' EXIT

# This machine's package sources, for source packages.
mkdir "$work/sources"
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
  [ ! -f "$file" ] || sed -E 's/^Types:.*/Types: deb-src/; s/^deb /deb-src /' "$file" >"$work/sources/${file##*/}"
done
[ ! -f "$work/sources/sources.list" ] || mv "$work/sources/sources.list" "$work/sources/main.list"
own_apt 'Dir::Etc::SourceList "/dev/null";' "Dir::Etc::SourceParts \"$work/sources\";"
(cd "$work/packages" && apt-get source --download-only highway) >>"$work/log" 2>&1 || fail "cannot fetch it $(apt_failure)"
mkdir "$work/highway"
tar -xf "$work"/packages/highway_*.orig.tar.* -C "$work/highway" --strip-components 1 >>"$work/log" 2>&1 ||
  fail "cannot unpack: $(tail -n 1 "$work/log")"
mv -T "$work/highway" $folder
