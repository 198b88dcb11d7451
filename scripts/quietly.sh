#!/usr/bin/env bash
# Runs a command silently; if it fails, shows what it said and keeps its exit code.
log=$(mktemp)
trap 'rm -f "$log"' EXIT
"$@" >"$log" 2>&1 || { code=$?; cat "$log" >&2; exit "$code"; }
