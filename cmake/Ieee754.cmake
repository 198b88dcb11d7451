# The arithmetic of IEEE 754, whatever flags surround elu. Those of a parent project and of the environment come first on
# the command line, and the last word holds. A product and a sum are fused only where the kernels say so. -ffast-math,
# -Ofast and parts of them, when a program or a shared library is linked, set flush-to-zero for its whole process
# (crtfastmath.o). GCC takes -Ofast back only for another -O, and -funsafe-math-optimizations only by its own name, by
# which clang would have every operation trap. GCC 12 for x86 takes the sign of vectors of char, in blends of other types
# too, for what -funsigned-char makes of it.
set(ELU_IEEE754 -ffp-contract=off "SHELL:-fno-fast-math -ffp-contract=off" -fno-rounding-math)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  list(APPEND ELU_IEEE754 -fno-unsafe-math-optimizations -fno-single-precision-constant -fsigned-char)
else()
  list(APPEND ELU_IEEE754 -fdenormal-fp-math=ieee)
endif()

function(elu_ieee754 target)
  target_compile_options(${target} PRIVATE ${ELU_IEEE754})
  target_link_options(${target} PRIVATE ${ELU_IEEE754} -O3)
endfunction()

# Stops where a flag or a machine has other arithmetic, which no option takes back, before anything is compiled.
function(elu_require_ieee754)
  get_directory_property(surrounding COMPILE_OPTIONS)
  list(FILTER surrounding EXCLUDE REGEX "\\$<")
  list(JOIN surrounding " " surrounding)
  list(JOIN ELU_IEEE754 " " own)
  string(REPLACE "SHELL:" "" CMAKE_CXX_FLAGS "${CMAKE_CXX_FLAGS} ${surrounding} ${own}")
  set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/ieee754.cc)
  file(WRITE ${source} "#include \"${PROJECT_SOURCE_DIR}/src/cpu/ieee754.h\"\n")
  try_compile(ELU_HAS_IEEE754 ${CMAKE_CURRENT_BINARY_DIR}/ieee754 ${source} CXX_STANDARD 20 OUTPUT_VARIABLE output)
  if(NOT ELU_HAS_IEEE754 AND output MATCHES "elu's kernels need [^\n\"]*")
    message(FATAL_ERROR "${CMAKE_MATCH_0}")
  endif()
endfunction()
