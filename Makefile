# The commands. `make demo` and `make test` do everything, set-up included.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo demo-core demo-lab test test-core test-python test-compiled thorough build setup data bench bench-quick \
        bench-pytorch bench-training docs sanitize sanitize-threads sanitize-memory soak fuzz \
        test-flags test-machines test-neon test-clang mingw lint prove clean

# A relative folder would mean another one in a test's working directory.
ifneq ($(CIFAR10_DIR),)
export CIFAR10_DIR := $(abspath $(CIFAR10_DIR))
endif

space := $() $()
CTEST = ctest --output-on-failure --no-tests=error --parallel 2

help:  ## list the commands
	@sed -nE 's/^([a-z-]+):.*  ## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 23

demo: demo-core demo-lab  ## see it all: evaluate, tabulate, plot, then train ConvNetELU on CIFAR-10

test: setup data  ## build everything and run every test
	@scripts/build.sh full
	@$(CTEST) --test-dir build
	@scripts/python.sh

test-core:  ## the same without PyTorch and without the long proofs: two minutes
	@scripts/packages.sh core
	@scripts/build.sh core core-tests
	@$(CTEST) --test-dir build --label-regex 'core|proof'

# ELU_THOROUGH=1 makes tests thicker, and lets the targets below run what they leave out else.
thorough: export ELU_THOROUGH := 1
thorough: test sanitize sanitize-threads sanitize-memory test-clang test-neon test-machines mingw  ## before a release: every test, as thick as docs/development.md says, with every compiler, sanitizer and machine; about an hour

# With ELU_PYTORCH=2.14.1 the same with that PyTorch, in build-python-2.14.1.
export ELU_PYTORCH
test-python: setup  ## the Python package: build the wheel, install it into a new environment, run its tests there
	@scripts/python.sh

# PyTorch 2.14.1 is a build with CUDA, of which nothing is used: 6 GB on disk.
test-compiled: export ELU_THOROUGH := 1
test-compiled: setup  ## compiled PyTorch on elu, everything of it, with PyTorch 2.13 and 2.14.1
	@scripts/packages.sh compiled
	@for version in "" 2.14.1; do ELU_PYTORCH=$$version scripts/python.sh run -m pytest --quiet \
	  tests/pytorch/compiled_test.py tests/pytorch/compiled_ways_test.py || exit; done

build: setup  ## install what is missing and build everything
	@scripts/build.sh full

setup:
	@scripts/packages.sh full
	@scripts/torch.sh

data: setup  ## fetch CIFAR-10 (or set CIFAR10_DIR to your own copy)
	@scripts/cifar10.sh

demo-core:
	@scripts/packages.sh core
	@scripts/build.sh core elu
	@mkdir -p out
	build/bin/elu eval -2 -1 0 1 2
	build/bin/elu table
	build/bin/elu plot --output out/elu.svg
	build/bin/elu plot --output out/elu.png

# Where this fails, the line that tells why ends with what has been done.
demo-lab: export ELU_DONE_SO_FAR := ; stage A has run, its figures are in out/
demo-lab: demo-core
	@scripts/packages.sh full
	@scripts/torch.sh
	@scripts/cifar10.sh
	@scripts/build.sh full elu-lab
	@rm -rf out/compare
	build/bin/elu-lab compare --quick --output out/compare

bench:  ## time and errors beside seven peers, in one run: results and figures in bench/results
	@scripts/bench.sh full

bench-quick:  ## the same in a minute, with the C++ peers that are there
	@scripts/bench.sh quick

bench-pytorch: setup  ## networks in PyTorch with and without elu: the tables of README.md and docs/pytorch.md
	@scripts/bench_pytorch.sh

bench-training: setup data  ## ten epochs on CIFAR-10, by elu-lab and by PyTorch alone: the table of docs/results
	@scripts/build.sh full elu-lab
	@.venv/bin/python bench/pytorch/ten_epochs.py --data $(or $(CIFAR10_DIR),data/cifar-10-batches-bin) --update

docs:  ## the documentation and the API's reference as a site, build-docs/html/index.html, that needs no network
	@scripts/packages.sh docs
	@python3 scripts/docs/site.py

# What reads and writes memory, which is what the sanitizers are for. Tests of results alone show nothing more here, and
# nor do large arrays on the plain targets, whose loops others run.
memory_tests = c_api_test cxx_api_test special_inputs_test fuzz_test laws_test statistics_test threads_test
results_only = *ExtremeNeighbours*:*FlushToZero*:*EveryTarget*:*FastIsAccurate*:*AreTheSame*:*RoundingModes*:*KernelError*
sanitize:  ## the core's tests that read and write memory under AddressSanitizer and UndefinedBehaviorSanitizer
	@scripts/packages.sh sanitize
	@scripts/build.sh sanitize $(if $(ELU_THOROUGH),core-tests,$(memory_tests) elu arrays patterns policy)
	@GTEST_FILTER='-$(results_only):*LargeArrays*EMU128*:*LargeArrays*SCALAR*' $(CTEST) --test-dir build-sanitize \
	  $(if $(ELU_THOROUGH),--label-regex core,--tests-regex '^($(subst $(space),|,$(memory_tests))|cli.*|arrays|patterns|policy)$$')

# PyTorch itself is not instrumented, and is not to be judged.
sanitize-threads: setup  ## 64 threads while targets are forced, the drop-in while it is switched, under ThreadSanitizer
	@scripts/build.sh sanitize-threads threads_test torch_test
	@$(CTEST) --test-dir build-sanitize-threads --tests-regex '^threads_test'
	@TSAN_OPTIONS=ignore_noninstrumented_modules=1 $(CTEST) --test-dir build-sanitize-threads --tests-regex '^torch_test'

# The C++ libraries of the other tests would have to be instrumented too.
sanitize-memory:  ## every function from C under MemorySanitizer, with clang
	@scripts/packages.sh clang
	@scripts/highway.sh
	@scripts/build.sh sanitize-memory c_api_test
	@$(CTEST) --test-dir build-sanitize-memory --tests-regex '^c_api_test'

soak:  ## mixed calls for ten minutes (SECONDS=600), every result compared with the reference
	@scripts/packages.sh core
	@scripts/build.sh core soak
	@build/tests/soak $(or $(SECONDS),600)

# With SECONDS=600 each runs for ten minutes.
fuzz:  ## libFuzzer on the readers of files, the command line and the C ABI: 20 seconds each
	@scripts/packages.sh sanitize
	@scripts/build.sh sanitize fuzzers
	@scripts/fuzz.py $(or $(SECONDS),20)

# What depends on the instruction set, and one proof input in 5003. Large arrays pass by the cache elsewhere, while NEON
# stores them as it does small ones; ties_test and the reference's early stages are plain C++.
neon_tests = c_api_test cxx_api_test special_inputs_test bits_test environment_test laws_test
test-neon:  ## the core's tests of instruction sets on aarch64: cross-compiled on x86-64, run by qemu-user
	@scripts/packages.sh neon
	@scripts/sysroot.sh
	@scripts/build.sh neon $(if $(ELU_THOROUGH),core-tests,$(neon_tests) elu)
	@GTEST_FILTER='-*LargeArrays*:*EarlyStages*' $(CTEST) --test-dir build-neon \
	  $(if $(ELU_THOROUGH),--label-regex core --exclude-regex ties_test,--tests-regex '^($(subst $(space),|,$(neon_tests))|verify)$$')

test-machines:  ## the library on s390x, ppc64le and riscv64: cross-compiled, run by qemu-user, the bits of this machine
	@scripts/packages.sh machines
	@scripts/highway.sh pinned
	@$(if $(ELU_THOROUGH),scripts/highway.sh)
	@scripts/build.sh core fingerprints
	@PYTHONPATH=tests/support python3 tests/machines/machines_test.py . build build-machines

# Once is enough for what tests no compiled code.
test-clang:  ## the core's tests, compiled by clang++, whose warnings are errors
	@scripts/packages.sh clang
	@scripts/build.sh clang core-tests
	@$(CTEST) --test-dir build-clang --label-regex core \
	  --exclude-regex '^(bench_report|constants|contributing|directions|docs|scripts.*|supply_chain)$$'

test-flags: export ELU_THOROUGH := 1
test-flags:  ## the library inside a project with other flags of mathematics and optimisation, by g++ and clang++: the same bits
	@scripts/packages.sh clang
	@scripts/build.sh core fingerprints
	@ctest --test-dir build --tests-regex '^flags$$' --verbose

mingw:  ## the library for 64-bit Windows, cross-compiled by MinGW-w64, and programs that use it; none is run
	@scripts/packages.sh mingw
	@scripts/highway.sh
	@scripts/build.sh mingw
	@PYTHONPATH=tests/support python3 tests/package/package_test.py --cross . build-mingw CMAKE_TOOLCHAIN_FILE=$(CURDIR)/cmake/mingw.cmake

lint:  ## clang-format on all C and C++ sources, clang-tidy on the core: a minute and a half
	@scripts/lint.sh

prove: setup  ## every float at thirteen parameter sets, and through compiled PyTorch, pairs, 10^9 doubles: over an hour
	@scripts/build.sh core elu
	@scripts/prove.sh build/bin/elu
	@scripts/python.sh run tests/pytorch/every_float.py

clean:  ## remove what was built (.venv, data and out stay)
	@rm -rf build build-docs build-sanitize build-sanitize-* build-neon build-clang build-machines build-mingw build-bench \
	        build-python build-python-*
