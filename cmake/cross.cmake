# For `make test-neon` and `make test-machines`: Linux on ELU_MACHINE (aarch64, ppc64le, riscv64, s390x, armhf or i686) by
# Debian's cross compilers. qemu-user runs the programs. The libraries for aarch64 that are not C++'s own lie where
# scripts/sysroot.sh unpacks them.
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES ELU_MACHINE)
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR ${ELU_MACHINE})
set(triple ${ELU_MACHINE}-linux-gnu)
set(emulator qemu-${ELU_MACHINE})
if(ELU_MACHINE STREQUAL "ppc64le")
  set(triple powerpc64le-linux-gnu)
elseif(ELU_MACHINE STREQUAL "armhf")
  set(triple arm-linux-gnueabihf)
  set(emulator qemu-arm)
elseif(ELU_MACHINE STREQUAL "i686")
  set(emulator qemu-i386)
endif()
set(CMAKE_C_COMPILER ${triple}-gcc)
set(CMAKE_CXX_COMPILER ${triple}-g++)
set(CMAKE_CROSSCOMPILING_EMULATOR ${emulator} -L /usr/${triple})
get_filename_component(sysroot ${CMAKE_CURRENT_LIST_DIR}/../build-neon/sysroot ABSOLUTE)
set(CMAKE_FIND_ROOT_PATH ${sysroot} /usr/${triple})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
foreach(kind LIBRARY INCLUDE PACKAGE)
  set(CMAKE_FIND_ROOT_PATH_MODE_${kind} ONLY)
endforeach()
# Debian's cross compilers look into /usr/include as well, which holds the headers of this machine.
set(CMAKE_CXX_STANDARD_INCLUDE_DIRECTORIES ${sysroot}/usr/include ${sysroot}/usr/include/${triple})
# A path that holds for the libraries of libraries too: libmpfr finds libgmp.
set(CMAKE_EXE_LINKER_FLAGS_INIT -Wl,--disable-new-dtags)
