# What is installed: the component elu_runtime (the shared library), elu_development (headers, both libraries, the CMake
# package and the file for pkg-config), elu_torch (the drop-in and its header) and elu_tools (the program elu).
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/elu)

set(beside $ORIGIN)
if(APPLE)
  set(beside @loader_path)
endif()

# elu_install(target EXPORT name COMPONENT component RUNTIME component): the target, and its export set elu-<name>; what
# a program needs when it runs belongs to the component RUNTIME.
function(elu_install target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "EXPORT;COMPONENT;RUNTIME" "")
  set_target_properties(${target} PROPERTIES INSTALL_RPATH ${beside})
  install(TARGETS ${target} EXPORT elu-${arg_EXPORT}
          RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT ${arg_RUNTIME}
          LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT ${arg_RUNTIME} NAMELINK_COMPONENT ${arg_COMPONENT}
          ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT ${arg_COMPONENT}
          INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(EXPORT elu-${arg_EXPORT} NAMESPACE elu:: DESTINATION ${package} COMPONENT ${arg_COMPONENT})
endfunction()

foreach(kind shared static)
  if(TARGET elu_${kind})
    elu_install(elu_${kind} EXPORT ${kind} COMPONENT elu_development RUNTIME elu_runtime)
  endif()
endforeach()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/elu DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT elu_development
        PATTERN torch.hpp EXCLUDE)
if(ELU_TORCH)
  elu_install(elu_torch EXPORT torch COMPONENT elu_torch RUNTIME elu_torch)
  set_property(TARGET elu_torch APPEND PROPERTY INSTALL_RPATH $<TARGET_FILE_DIR:c10>)  # the libtorch it was built for
  install(FILES ${PROJECT_SOURCE_DIR}/include/elu/torch.hpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/elu
          COMPONENT elu_torch)
endif()
if(ELU_TOOLS)  # a surrounding project may have a target of that name
  file(RELATIVE_PATH libraries ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
  set_target_properties(elu PROPERTIES INSTALL_RPATH ${beside}/${libraries})
  install(TARGETS elu RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT elu_tools)
endif()

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/elu-config.cmake.in elu-config.cmake
                              INSTALL_DESTINATION ${package})
write_basic_package_version_file(elu-config-version.cmake COMPATIBILITY SameMinorVersion)
file(RELATIVE_PATH ELU_PREFIX ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
foreach(kind LIB INCLUDE)  # relative to the prefix, or absolute
  set(ELU_PC_${kind}DIR "\${prefix}")
  cmake_path(APPEND ELU_PC_${kind}DIR ${CMAKE_INSTALL_${kind}DIR})
endforeach()
if(NOT TARGET elu_shared)
  set(ELU_PC_WITH_STATIC " -lm")
endif()
configure_file(${PROJECT_SOURCE_DIR}/cmake/elu.pc.in elu.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/elu-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/elu-config-version.cmake
        DESTINATION ${package} COMPONENT elu_development)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/elu.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
        COMPONENT elu_development)
