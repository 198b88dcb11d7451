# elu_cli11: the CLI11 of the surrounding project, which has a target CLI11::CLI11 or CLI11, or that of this machine, or
# else this release; without any there is no such target.
if(NOT TARGET CLI11::CLI11 AND NOT TARGET CLI11 AND NOT FETCHCONTENT_SOURCE_DIR_CLI11)
  find_package(CLI11 QUIET)
endif()
foreach(theirs CLI11::CLI11 CLI11)
  if(TARGET ${theirs})
    add_library(elu_cli11 INTERFACE)
    target_link_libraries(elu_cli11 INTERFACE ${theirs})
    return()
  endif()
endforeach()

include(Fetch)
elu_fetch(cli11 CLI11 URL https://github.com/CLIUtils/CLI11/archive/refs/tags/v2.1.2.tar.gz
          SHA256 26291377e892ba0e5b4972cdfd4a2ab3bf53af8dac1f4ea8fe0d1376b625c8cb)
if(cli11)
  add_library(elu_cli11 INTERFACE)
  target_include_directories(elu_cli11 SYSTEM INTERFACE ${cli11}/include)
else()
  message(STATUS "elu: there is no CLI11 (libcli11-dev of Debian, cli11 of Homebrew); ${cli11_FAILED}")
endif()
