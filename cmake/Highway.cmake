# hwy::hwy: the Highway that this machine has, or else this release, which then becomes part of elu's libraries.
# ELU_HIGHWAY_FETCHED tells which. FETCHCONTENT_SOURCE_DIR_HIGHWAY names a folder to take it from without a network.
set(ELU_HIGHWAY_FETCHED OFF)
if(NOT FETCHCONTENT_SOURCE_DIR_HIGHWAY)
  find_package(hwy 1.0.3 QUIET)
endif()
if(hwy_FOUND)
  return()
endif()

message(STATUS "Highway was not found (libhwy-dev of Debian, highway of Homebrew): fetching it")
include(FetchContent)
foreach(part CONTRIB EXAMPLES INSTALL TESTS)
  set(HWY_ENABLE_${part} OFF CACHE INTERNAL "")
endforeach()
set(HWY_FORCE_STATIC_LIBS ON CACHE INTERNAL "")
if(POLICY CMP0135)
  cmake_policy(SET CMP0135 NEW)  # the time of what is unpacked is the time of unpacking
endif()
FetchContent_Declare(highway
  URL https://github.com/google/highway/archive/refs/tags/1.2.0.tar.gz
  URL_HASH SHA256=7e0be78b8318e8bdbf6fa545d2ecb4c90f947df03f7aadc42c1967f019e63343)
FetchContent_MakeAvailable(highway)
set_property(DIRECTORY ${highway_SOURCE_DIR} PROPERTY EXCLUDE_FROM_ALL ON)
set_target_properties(hwy PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
                      INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${highway_SOURCE_DIR})
if(NOT MSVC)  # for RISC-V, whose vectors not every compiler knows
  target_compile_options(hwy PRIVATE -include ${CMAKE_CURRENT_LIST_DIR}/../src/cpu/disabled-targets.h)
endif()
if(NOT TARGET hwy::hwy)
  add_library(hwy::hwy ALIAS hwy)
endif()
set(ELU_HIGHWAY_FETCHED ON)
