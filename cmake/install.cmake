# cmake --install: the library, its headers, and what find_package(ncverify) needs. Nothing of what the library was
# built on shows in its headers.
include(CMakePackageConfigHelpers)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/ncverify)
install(TARGETS ncverify_library EXPORT ncverifyTargets ARCHIVE)
install(DIRECTORY include/ncverify TYPE INCLUDE)
install(EXPORT ncverifyTargets NAMESPACE ncverify:: DESTINATION ${package})
configure_package_config_file(cmake/ncverifyConfig.cmake.in ${PROJECT_BINARY_DIR}/ncverifyConfig.cmake
    INSTALL_DESTINATION ${package})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/ncverifyConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/ncverifyConfig.cmake ${PROJECT_BINARY_DIR}/ncverifyConfigVersion.cmake
    DESTINATION ${package})
install(FILES LICENSE README.md TYPE DOC)
