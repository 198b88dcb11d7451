# elu_highway: Highway's headers, which are all that elu takes of it. They are those of the surrounding project, which
# has a target hwy::hwy or hwy, or those of this machine, or else this release's.
add_library(elu_highway INTERFACE)
# Its checks call its library, which a surrounding project may want for its own sources.
target_compile_options(elu_highway INTERFACE -UHWY_IS_DEBUG_BUILD -DHWY_IS_DEBUG_BUILD=0)
set(ELU_HIGHWAY_NEEDED "elu needs Highway 1.0.3 or later (libhwy-dev of Debian, highway of Homebrew)")

# elu_check_highway(folder...): stops where Highway's header in one of the folders names an older release. Folders that
# are known only when the build is generated are taken as they are.
function(elu_check_highway)
  string(REGEX REPLACE "\\$<BUILD_INTERFACE:([^>]*)>" "\\1" folders "${ARGN}")
  set(numbers)
  foreach(folder IN LISTS folders)
    foreach(header highway.h base.h)  # the older and the newer place
      if(EXISTS ${folder}/hwy/${header})
        file(STRINGS ${folder}/hwy/${header} lines REGEX "^#define HWY_(MAJOR|MINOR|PATCH) [0-9]+")
        list(APPEND numbers ${lines})
      endif()
    endforeach()
  endforeach()
  string(REGEX REPLACE "[^0-9;]" "" numbers "${numbers}")
  list(JOIN numbers "." version)
  if(version AND version VERSION_LESS 1.0.3)
    message(FATAL_ERROR "${ELU_HIGHWAY_NEEDED}; this project has ${version}")
  endif()
endfunction()

if(NOT TARGET hwy::hwy AND NOT TARGET hwy AND NOT FETCHCONTENT_SOURCE_DIR_HIGHWAY)
  find_package(hwy 1.0.3 QUIET)
endif()
foreach(theirs hwy::hwy hwy)
  if(TARGET ${theirs})
    get_target_property(folders ${theirs} INTERFACE_INCLUDE_DIRECTORIES)
    elu_check_highway(${folders})
    target_include_directories(elu_highway SYSTEM INTERFACE $<TARGET_PROPERTY:${theirs},INTERFACE_INCLUDE_DIRECTORIES>)
    return()
  endif()
endforeach()

include(Fetch)
elu_fetch(highway highway URL https://github.com/google/highway/archive/refs/tags/1.2.0.tar.gz
          SHA256 7e0be78b8318e8bdbf6fa545d2ecb4c90f947df03f7aadc42c1967f019e63343)
if(NOT highway)
  message(FATAL_ERROR "${ELU_HIGHWAY_NEEDED}; ${highway_FAILED}")
endif()
if(NOT EXISTS ${highway}/hwy/highway.h)
  message(FATAL_ERROR "${ELU_HIGHWAY_NEEDED}; there is no hwy/highway.h in ${highway}")
endif()
elu_check_highway(${highway})
target_include_directories(elu_highway SYSTEM INTERFACE ${highway})
