# cmake --install: the program, its manual pages and shell completions, the schemas of what it writes, and where Coq was
# found the sources of proofs/, with the stamp that their tests left.
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME program)
set(data ${CMAKE_INSTALL_DATADIR}/ncverify)
install(TARGETS ncverify RUNTIME)
if(TARGET ncverify-mpi)
    install(TARGETS ncverify-mpi RUNTIME COMPONENT mpi)
endif()
install(FILES LICENSE README.md FINDINGS.md CHANGELOG.md TYPE DOC)
install(DIRECTORY docs TYPE DOC FILES_MATCHING PATTERN "*.md")
install(FILES reports/report.schema.json measure/measure.schema.json measure/trajectory.schema.json DESTINATION ${data}/schemas)

# The program writes them, when they are installed: they are made of its options' table.
install(CODE "set(manuals_program \"$<TARGET_FILE:ncverify>\")\nset(manuals_folder \"${PROJECT_BINARY_DIR}/manuals\")")
install(SCRIPT cmake/write_manuals.cmake)
install(DIRECTORY ${PROJECT_BINARY_DIR}/manuals/man1 DESTINATION ${CMAKE_INSTALL_MANDIR})
install(FILES ${PROJECT_BINARY_DIR}/manuals/ncverify DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${PROJECT_BINARY_DIR}/manuals/_ncverify DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${PROJECT_BINARY_DIR}/manuals/ncverify.fish
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

if(TARGET proofs)
    install(DIRECTORY proofs/ DESTINATION ${data}/proofs FILES_MATCHING PATTERN "*.v" PATTERN "_CoqProject"
        PATTERN "claims.txt" PATTERN "statements.txt" PATTERN "*.py" PATTERN "README.md" PATTERN "Makefile" PATTERN "*.opam"
        PATTERN "__pycache__" EXCLUDE PATTERN "writer" EXCLUDE PATTERN "build" EXCLUDE)
    # The pages, where the target `proofs-pages` made them.
    install(DIRECTORY ${PROJECT_BINARY_DIR}/proofs/html DESTINATION ${CMAKE_INSTALL_DOCDIR}/proofs OPTIONAL)
    install(FILES ${PROJECT_BINARY_DIR}/proofs/stamp.json DESTINATION ${data}/proofs OPTIONAL)
endif()
