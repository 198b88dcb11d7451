# Sourced: apt-get with lists and a cache of its own in the folder $work, so that neither root nor a change to this
# machine is needed. Its output goes to $work/log.
#   own_apt LINE...    sets it up, with more lines of configuration
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
