#!/usr/bin/env bash
# Builds the Python package's wheel with the PyTorch of .venv and installs it into an environment without PyTorch.
#   scripts/python.sh              runs its tests: those of NumPy there, those of elu.torch with .venv's PyTorch added
#   scripts/python.sh run WORDS    runs that environment's Python with these words, .venv's PyTorch added
#   ELU_PYTORCH=2.14.1 scripts/python.sh    the same in an environment with this PyTorch, which is installed there
# All of it is made in build-python, or in build-python-2.14.1.
set -euo pipefail
cd "$(dirname "$0")/.."

. scripts/compilers.sh
version=${ELU_PYTORCH:-}
folder=build-python${version:+-$version}
mkdir -p $folder
log=$folder/log
python=$folder/venv/bin/python

fail() {
  echo "python: $1: $(grep -m 1 -E 'CMake Error|: error: |^ERROR' $log || tail -n 1 $log); the whole log: $log" >&2
  exit 1
}
torch_site=
where='import torch, sysconfig; print(sysconfig.get_path("purelib"))'
[ -n "$version" ] || torch_site=$(.venv/bin/python -c "$where" 2>$log) ||
  fail "there is no PyTorch in .venv, run scripts/torch.sh"
pip() { $python -m pip "$@" --quiet --disable-pip-version-check --retries 2 >$log 2>&1; }

# What builds and what tests the package, by pyproject.toml, which is what makes a new environment necessary.
if ! cmp --silent pyproject.toml $folder/venv/pyproject.toml; then
  echo "python: what builds and tests the Python package goes to $folder: 80 MB to download, half a minute"
  [ -z "$version" ] || echo "python: and PyTorch $version, which may bring CUDA's libraries: up to 3 GB, 6 GB on disk"
  python3 -m venv --clear $folder/venv >$log 2>&1 || fail "python3 -m venv failed"
  readarray -t needed < <($python - <<'END'
import tomllib
with open("pyproject.toml", "rb") as file:
    settings = tomllib.load(file)
project = settings["project"]
print(*settings["build-system"]["requires"], *project["dependencies"], *project["optional-dependencies"]["test"],
      sep="\n")
END
  )
  [ -z "$version" ] || needed+=("torch==$version")
  pip install --constraint scripts/constraints.txt "${needed[@]}" || fail "cannot install ${needed[*]}"
  cp pyproject.toml $folder/venv/pyproject.toml
fi

site=$($python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
with_torch() { PYTHONPATH="$site${torch_site:+:$torch_site}" "$@"; }
rm -rf $folder/wheel
echo "python: building the wheel; on two cores two minutes at first"
with_torch pip wheel --no-build-isolation --no-deps --wheel-dir $folder/wheel \
  --config-settings=build-dir=$folder/cmake . || fail "cannot build the wheel"
pip install --force-reinstall --no-deps $folder/wheel/elu-*.whl || fail "cannot install the wheel"

if [ "${1:-}" = run ]; then
  with_torch $python "${@:2}"
  exit
fi
export ELU_WHEEL=$PWD/$folder/wheel
[ -n "$version" ] || $python -m pytest --quiet tests/python --ignore tests/python/torch_test.py
with_torch $python -m pytest --quiet tests/python/torch_test.py tests/pytorch
