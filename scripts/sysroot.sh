#!/usr/bin/env bash
# Unpacks the arm64 libraries that `make test-neon` builds with into build-neon/sysroot. apt-get gets lists of its own
# for that: neither root nor a change to this machine's architectures is needed. Silent when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/apt.sh

packages=(libhwy-dev:arm64 libhwy1:arm64 libgtest-dev:arm64 libmpfr-dev:arm64 libmpfr6:arm64 libgmp-dev:arm64
          libgmp10:arm64 libcli11-dev)
folder=build-neon/sysroot
[ "$(cat $folder/packages 2>/dev/null)" != "${packages[*]}" ] || exit 0

own_work sysroot $folder "the arm64 libraries" "21 MB to download, 11 MB on disk, some seconds"
own_apt "APT::Architectures { \"$(dpkg --print-architecture)\"; \"arm64\"; };"
mkdir "$work/sysroot"
(cd "$work/packages" && apt-get download "${packages[@]}") >>"$work/log" 2>&1 || fail "cannot fetch them $(apt_failure)"
for package in "$work"/packages/*.deb; do
  dpkg-deb -x "$package" "$work/sysroot" >"$work/log" 2>&1 || fail "cannot unpack: $(tail -n 1 "$work/log")"
done
echo "${packages[*]}" >"$work/sysroot/packages"
rm -rf "$folder"  # only an outlived one gets here
mv -T "$work/sysroot" "$folder"
