# CLI11::CLI11: the CLI11 that this machine has, or else this release, if it can be fetched; without any there is no such
# target. FETCHCONTENT_SOURCE_DIR_CLI11 names a folder to take it from without a network.
if(NOT FETCHCONTENT_SOURCE_DIR_CLI11)
  find_package(CLI11 QUIET)
endif()
if(CLI11_FOUND)
  return()
endif()

set(archive ${CMAKE_CURRENT_BINARY_DIR}/CLI11-2.1.2.tar.gz)
set(status 0)
if(NOT FETCHCONTENT_SOURCE_DIR_CLI11 AND NOT EXISTS ${archive})
  message(STATUS "CLI11 was not found (libcli11-dev of Debian, cli11 of Homebrew): fetching it")
  file(DOWNLOAD https://github.com/CLIUtils/CLI11/archive/refs/tags/v2.1.2.tar.gz ${archive}.part
       STATUS status INACTIVITY_TIMEOUT 20)
endif()
if(NOT status MATCHES "^0")
  message(STATUS "CLI11 cannot be fetched: ${status}")
  file(REMOVE ${archive}.part)
  return()
endif()
if(EXISTS ${archive}.part)
  file(RENAME ${archive}.part ${archive})
endif()

include(FetchContent)
if(POLICY CMP0135)
  cmake_policy(SET CMP0135 NEW)  # the time of what is unpacked is the time of unpacking
endif()
# Headers alone: its own CMakeLists.txt would add nothing.
FetchContent_Declare(CLI11 URL ${archive} SOURCE_SUBDIR include
  URL_HASH SHA256=26291377e892ba0e5b4972cdfd4a2ab3bf53af8dac1f4ea8fe0d1376b625c8cb)
FetchContent_MakeAvailable(CLI11)
add_library(CLI11::CLI11 INTERFACE IMPORTED GLOBAL)
target_include_directories(CLI11::CLI11 INTERFACE ${cli11_SOURCE_DIR}/include)
