# elu_highway: Highway's headers, which are all that elu takes of it. They are those of the surrounding project, which
# has a target hwy::hwy or hwy, or those of this machine, or else this release's.
add_library(elu_highway INTERFACE)
target_compile_definitions(elu_highway INTERFACE HWY_IS_DEBUG_BUILD=0)  # its checks call its library
if(NOT TARGET hwy::hwy AND NOT TARGET hwy AND NOT FETCHCONTENT_SOURCE_DIR_HIGHWAY)
  find_package(hwy 1.0.3 QUIET)
endif()
foreach(theirs hwy::hwy hwy)
  if(TARGET ${theirs})
    target_include_directories(elu_highway SYSTEM INTERFACE $<TARGET_PROPERTY:${theirs},INTERFACE_INCLUDE_DIRECTORIES>)
    return()
  endif()
endforeach()

include(Fetch)
elu_fetch(highway highway URL https://github.com/google/highway/archive/refs/tags/1.2.0.tar.gz
          SHA256 7e0be78b8318e8bdbf6fa545d2ecb4c90f947df03f7aadc42c1967f019e63343)
if(NOT highway)
  message(FATAL_ERROR "elu needs Highway 1.0.3 or later (libhwy-dev of Debian, highway of Homebrew); ${highway_FAILED}")
endif()
target_include_directories(elu_highway SYSTEM INTERFACE ${highway})
