# cmake --install: the library, its headers, and what find_package(ncverify) and pkg-config need. Nothing of what the
# library was built on shows in its headers; what is linked with it stands in all three.
include(CMakePackageConfigHelpers)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/ncverify)
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME development)
install(TARGETS ncverify_library EXPORT ncverifyTargets ARCHIVE)
install(DIRECTORY include/ncverify TYPE INCLUDE)
install(EXPORT ncverifyTargets NAMESPACE ncverify:: DESTINATION ${package})
configure_package_config_file(cmake/ncverifyConfig.cmake.in ${PROJECT_BINARY_DIR}/ncverifyConfig.cmake
    INSTALL_DESTINATION ${package})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/ncverifyConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/ncverifyConfig.cmake ${PROJECT_BINARY_DIR}/ncverifyConfigVersion.cmake
    DESTINATION ${package})

set(PKGCONFIG_LIBRARIES "-lncverify")
foreach(library ${RAPIDCHECK_LIBRARY} ${LIBZIP_LIBRARY} ${ARITHMETIC})
    get_filename_component(name ${library} NAME_WE)
    string(REGEX REPLACE "^lib" "-l" name ${name})
    string(APPEND PKGCONFIG_LIBRARIES " ${name}")
endforeach()
string(APPEND PKGCONFIG_LIBRARIES " -lfmt -ltbb -lpthread")
# Relative to where the file stands, so that the prefix may be another one when it is installed.
file(RELATIVE_PATH up /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" up "${up}")
set(PC_PREFIX "\${pcfiledir}/${up}")
set(PC_LIBDIR "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
set(PC_INCLUDEDIR "\${prefix}/${CMAKE_INSTALL_INCLUDEDIR}")
configure_file(cmake/ncverify.pc.in ${PROJECT_BINARY_DIR}/ncverify.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/ncverify.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libncverify-dev)
