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
version=
if [ "${1:-}" = pinned ]; then
  folder=build-machines/highway
  own_sources+='; s/^Suites:.*/Suites: trixie/; s/^(deb-src (\[[^]]*\] )?[^ ]+) [^ ]+/\1 trixie/'
  version=$(grep -oP 'tags/\K[0-9.]+(?=\.tar)' cmake/Highway.cmake)
  checksum=$(grep -oE '[0-9a-f]{64}' cmake/Highway.cmake)
  package+==$version-2
fi
[ ! -d $folder ] || exit 0

own_work highway $folder "the source of Highway${version:+ $version}" "2 MB, with the lists 20 MB to download, some seconds"
mkdir "$work/sources"
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
  [ ! -f "$file" ] || sed -E "$own_sources" "$file" >"$work/sources/${file##*/}"
done
[ ! -f "$work/sources/sources.list" ] || mv "$work/sources/sources.list" "$work/sources/main.list"
own_apt 'Dir::Etc::SourceList "/dev/null";' "Dir::Etc::SourceParts \"$work/sources\";"
(cd "$work/packages" && apt-get source --download-only "$package") >>"$work/log" 2>&1 ||
  fail "cannot fetch it $(apt_failure)"
archive=$(echo "$work"/packages/highway_*.orig.tar.*)
[ -z "$version" ] || echo "$checksum  $archive" | sha256sum --check --status || fail "its archive is not the pinned one"
mkdir "$work/highway"
tar -xf "$archive" -C "$work/highway" --strip-components 1 >>"$work/log" 2>&1 ||
  fail "cannot unpack: $(tail -n 1 "$work/log")"
mv -T "$work/highway" $folder
