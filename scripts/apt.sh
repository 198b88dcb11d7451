# Sourced: apt-get with lists and a cache of its own, so that neither root nor a change to this machine is needed.
#   own_work NAME FOLDER WHAT COST    the folder $work beside FOLDER, until the script ends, whose messages begin with NAME
#   own_apt LINE...                   sets apt-get up there, with more lines of configuration; its output: $work/log

fail() {
  echo "$name: $1" >&2
  exit 1
}

own_work() {
  name=$1
  local parent=${2%/*}
  command -v apt-get >/dev/null || fail "there is no apt-get, which fetches $3; this is no Debian system"
  echo "$name: fetching $3 into $2: $4"
  mkdir -p "$parent" 2>/dev/null || fail "cannot make the folder $parent"
  rm -rf "$parent"/part.*  # of a run that was killed
  work=$(mktemp -d "$PWD/$parent/part.XXXXXX") || fail "cannot write to the folder $parent"
  trap 'rm -rf "$work"' EXIT
}

own_apt() {
  mkdir -p "$work"/{lists,cache}/partial "$work/packages"
  printf '%s\n' "Dir::State::lists \"$work/lists\";" "Dir::Cache \"$work/cache\";" 'APT::Sandbox::User "";' "$@" \
    >"$work/apt.conf"
  export APT_CONFIG=$work/apt.conf
  # A package source of others may fail here without harm.
  apt-get update >"$work/log" 2>&1 || true
}

# Why the last apt-get failed.
apt_failure() {
  echo "(is the network there?): $(grep -m 1 '^[EW]:' "$work/log" || tail -n 1 "$work/log")"
}
