#!/usr/bin/env bash
# Unpacks a source of Highway where a build for another machine has no library. Silent when it is there.
#   scripts/highway.sh           that of this Debian release, into build-mingw/highway
#   scripts/highway.sh pinned    the release that cmake/Highway.cmake names, from Debian 13, into build-machines/highway
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/apt.sh

# own_sources is sed's: from this machine's package sources to those of the wanted source package.
folder=build-mingw/highway
own_sources='s/^Types:.*/Types: deb-src/; s/^deb /deb-src /'
package=highway
checksum=
if [ "${1:-}" = pinned ]; then
  folder=build-machines/highway
  own_sources+='; s/^Suites:.*/Suites: trixie/; s/^(deb-src (\[[^]]*\] )?[^ ]+) [^ ]+/\1 trixie/'
  package+==$(sed -nE 's|.*tags/([0-9.]+)\.tar\.gz.*|\1|p' cmake/Highway.cmake)-2
  checksum=$(grep -oE '[0-9a-f]{64}' cmake/Highway.cmake)
fi
[ ! -d $folder ] || exit 0

fail() {
  echo "highway: $1" >&2
  exit 1
}

command -v apt-get >/dev/null || fail "there is no apt-get, which fetches Highway's source; this is no Debian system"
parent=${folder%/*}
echo "highway: the source of ${package/=/ } goes to $folder: 2 MB, with the lists 20 MB to download, some seconds"
mkdir -p "$parent" 2>/dev/null || fail "cannot make the folder $parent"
rm -rf "$parent"/part.*  # of a run that was killed
work=$(mktemp -d "$PWD/$parent/part.XXXXXX") || fail "cannot write to the folder $parent"
trap 'rm -rf "$work"' EXIT

mkdir "$work/sources"
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
  [ ! -f "$file" ] || sed -E "$own_sources" "$file" >"$work/sources/${file##*/}"
done
[ ! -f "$work/sources/sources.list" ] || mv "$work/sources/sources.list" "$work/sources/main.list"
own_apt 'Dir::Etc::SourceList "/dev/null";' "Dir::Etc::SourceParts \"$work/sources\";"
(cd "$work/packages" && apt-get source --download-only "$package") >>"$work/log" 2>&1 ||
  fail "cannot fetch it $(apt_failure)"
archive=$(echo "$work"/packages/highway_*.orig.tar.*)
[ -z "$checksum" ] || echo "$checksum  $archive" | sha256sum --check --status || fail "its archive is not the pinned one"
mkdir "$work/highway"
tar -xf "$archive" -C "$work/highway" --strip-components 1 >>"$work/log" 2>&1 ||
  fail "cannot unpack: $(tail -n 1 "$work/log")"
mv -T "$work/highway" $folder
