# The commands. `make demo` and `make test` do everything, set-up included.
.DEFAULT_GOAL := help
.PHONY: help build core full data demo demo-core demo-lab test test-core sanitize clean

SHELL := bash

SET_UP_FULL = scripts/packages.sh full && scripts/torch.sh
# The wheel of PyTorch knows where its CMake package lies.
BUILD_FULL = { grep -qs '^ELU_TORCH:BOOL=ON$$' build/CMakeCache.txt || \
  ELU_TORCH_PREFIX=$$(.venv/bin/python -c 'import torch; print(torch.utils.cmake_prefix_path)') \
  scripts/quietly.sh cmake --preset full; } && scripts/quietly.sh cmake --build build

help:  ## list the commands
	@sed -nE 's/^([a-z-]+):.*  ## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: demo-core demo-lab  ## see it all: evaluate, tabulate, plot, then train ConvNetELU on CIFAR-10

test: full data  ## build everything and run every test
	@ctest --test-dir build --output-on-failure --no-tests=error

test-core: core  ## the same without PyTorch and without the long proofs: three minutes
	@ctest --test-dir build --output-on-failure --no-tests=error --label-exclude 'long|torch'

build: full  ## install what is missing and build everything

clean:  ## remove what was built (not the downloads in .venv and data)
	@rm -rf build build-sanitize out

core:  ## build the library and the program elu
	@scripts/packages.sh core
	@[ -f build/build.ninja ] || scripts/quietly.sh cmake --preset core
	@scripts/quietly.sh cmake --build build

full:
	@$(SET_UP_FULL)
	@$(BUILD_FULL)

data:  ## fetch CIFAR-10 (or set CIFAR10_DIR to your own copy)
	@$(SET_UP_FULL) && scripts/cifar10.sh

demo-core: core
	@mkdir -p out
	build/bin/elu eval -2 -1 0 1 2
	build/bin/elu table
	build/bin/elu plot --output out/elu.svg
	build/bin/elu plot --output out/elu.png

demo-lab: demo-core
	@$(SET_UP_FULL) && scripts/cifar10.sh || { \
	  echo "demo: stage A has run, its figures are in out/; stage B, the training, needs what could not be had" >&2; exit 1; }
	@$(BUILD_FULL)
	build/bin/elu-lab compare --quick --output out/compare

sanitize:  ## the core's tests under AddressSanitizer and UndefinedBehaviorSanitizer
	@scripts/packages.sh core
	@scripts/quietly.sh cmake --preset sanitize
	@scripts/quietly.sh cmake --build build-sanitize
	@ctest --test-dir build-sanitize --output-on-failure --no-tests=error --label-exclude 'long|proof'
