# What all targets of ours share. None of it reaches a consumer. Includes are written from the project's folder.
function(elu_target name)
  target_compile_features(${name} PRIVATE cxx_std_20)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  elu_ieee754(${name})
  set_target_properties(${name} PROPERTIES CXX_EXTENSIONS OFF CXX_VISIBILITY_PRESET hidden
                        VISIBILITY_INLINES_HIDDEN ON POSITION_INDEPENDENT_CODE ON UNITY_BUILD OFF)
  if(PROJECT_IS_TOP_LEVEL)
    target_compile_options(${name} PRIVATE -Wall -Wextra -Wpedantic -Wconversion)
  else()  # what a surrounding project asks of its own sources
    target_compile_options(${name} PRIVATE -w $<$<COMPILE_LANGUAGE:CXX>:-std=c++20>)
    set_target_properties(${name} PROPERTIES CXX_CLANG_TIDY "" CXX_CPPCHECK "" CXX_CPPLINT ""
                          CXX_INCLUDE_WHAT_YOU_USE "" COMPILE_WARNING_AS_ERROR OFF)
  endif()
  if(ELU_SANITIZE)
    target_compile_options(${name} PRIVATE -fsanitize=${ELU_SANITIZE} -fno-sanitize-recover=all
                           -fno-omit-frame-pointer)
    target_link_options(${name} PRIVATE -fsanitize=${ELU_SANITIZE})
  endif()
  if(ELU_FUZZ)
    target_compile_options(${name} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
endfunction()
