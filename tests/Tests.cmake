# How a room lists its tests. LABEL says what runs them. core: without PyTorch, in seconds; proof: some of it; these are
# what `make test-core` runs, and the target core-tests builds. long: keeps both processors busy for longer. package:
# builds elu, or what uses it, anew. torch: needs PyTorch.

# elu_test_properties(name LABEL label [PROCESSORS n] [NOT_IF sanitize|cross...])
function(elu_test_properties name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL;PROCESSORS" "NOT_IF")
  set_tests_properties(${name} PROPERTIES LABELS ${arg_LABEL})
  if(arg_PROCESSORS)
    set_tests_properties(${name} PROPERTIES PROCESSORS ${arg_PROCESSORS})
  endif()
  if((sanitize IN_LIST arg_NOT_IF AND ELU_SANITIZE) OR (cross IN_LIST arg_NOT_IF AND CMAKE_CROSSCOMPILING))
    set_tests_properties(${name} PROPERTIES DISABLED TRUE)  # and ctest says so
  endif()
endfunction()

# elu_test_program(name SOURCES... LIBRARIES... [LABEL label]): a program with GoogleTest's main.
function(elu_test_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL" "SOURCES;LIBRARIES")
  add_executable(${name} ${arg_SOURCES})
  elu_target(${name})
  target_compile_options(${name} PRIVATE -O1)  # quick to build; what takes time is in the libraries
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} GTest::gtest_main)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  if(arg_LABEL MATCHES "core|proof")
    add_dependencies(core-tests ${name})
  endif()
endfunction()

# elu_test(name SOURCES... LIBRARIES... [LABEL label] [PROCESSORS n] [NOT_IF sanitize|cross...]): all of the program's
# tests in one process.
function(elu_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LABEL;PROCESSORS" "SOURCES;LIBRARIES;NOT_IF")
  elu_test_program(${name} SOURCES ${arg_SOURCES} LIBRARIES ${arg_LIBRARIES} LABEL ${arg_LABEL})
  add_test(NAME ${name} COMMAND ${name})
  elu_test_properties(${name} LABEL ${arg_LABEL} PROCESSORS ${arg_PROCESSORS} NOT_IF ${arg_NOT_IF})
endfunction()

# elu_python_test(name FILE file [ARGS arguments...] LABEL label [PYTHON python] [PROCESSORS n] [NOT_IF sanitize|cross...])
# A test that ends with 77 was skipped.
function(elu_python_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FILE;LABEL;PYTHON;PROCESSORS" "ARGS;NOT_IF")
  if(NOT arg_PYTHON)
    set(arg_PYTHON ${ELU_SYSTEM_PYTHON})
  endif()
  add_test(NAME ${name} COMMAND ${arg_PYTHON} ${CMAKE_CURRENT_SOURCE_DIR}/${arg_FILE} ${arg_ARGS})
  set_tests_properties(${name} PROPERTIES ENVIRONMENT
                       PYTHONPATH=${PROJECT_SOURCE_DIR}/tests/support:${PROJECT_SOURCE_DIR}/tests/lab/support
                       SKIP_RETURN_CODE 77)
  elu_test_properties(${name} LABEL ${arg_LABEL} PROCESSORS ${arg_PROCESSORS} NOT_IF ${arg_NOT_IF})
endfunction()
