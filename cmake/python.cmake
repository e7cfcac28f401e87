# Whether the Python module can be built, for which interpreter, and what all objects must be compiled with for it:
# NCVERIFY_PYTHON_FOUND, NCVERIFY_PYTHON_EXECUTABLE, NCVERIFY_PYTHON_SUFFIX and NCVERIFY_PYTHON_INCLUDE.
set(NCVERIFY_PYTHON_FOUND FALSE)
if(NCVERIFY_PYTHON AND NCVERIFY_PROGRAM)
    # An interpreter with its headers; under scikit-build-core the one that the wheel is for.
    function(has_python_headers result candidate)
        execute_process(COMMAND ${candidate} -c
            "import os, sysconfig; raise SystemExit(not os.path.exists(sysconfig.get_path('include') + '/Python.h'))"
            RESULT_VARIABLE status OUTPUT_QUIET ERROR_QUIET)
        if(NOT status EQUAL 0)
            set(${result} FALSE PARENT_SCOPE)
        endif()
    endfunction()
    if(DEFINED SKBUILD AND DEFINED Python_EXECUTABLE)
        set(NCVERIFY_PYTHON_EXECUTABLE ${Python_EXECUTABLE} CACHE FILEPATH "The interpreter that the module is for")
    endif()
    # Debian's, beside which Debian's numpy and pybind11 stand, before others that a machine may have.
    find_program(NCVERIFY_PYTHON_EXECUTABLE python3 PATHS /usr/bin NO_DEFAULT_PATH VALIDATOR has_python_headers
        DOC "The interpreter that the module is for")
    find_program(NCVERIFY_PYTHON_EXECUTABLE python3 VALIDATOR has_python_headers)
    set(PYBIND11_NOPYTHON ON)  # it would look for an interpreter of its own
    find_package(pybind11 2.10 CONFIG QUIET)
    if(pybind11_FOUND AND NCVERIFY_PYTHON_EXECUTABLE)
        execute_process(COMMAND ${NCVERIFY_PYTHON_EXECUTABLE} -c
            "import sysconfig; print(sysconfig.get_path('include'), sysconfig.get_config_var('EXT_SUFFIX'), sep=';', end='')"
            OUTPUT_VARIABLE found COMMAND_ERROR_IS_FATAL ANY)
        list(GET found 0 NCVERIFY_PYTHON_INCLUDE)
        list(GET found 1 NCVERIFY_PYTHON_SUFFIX)
        set(NCVERIFY_PYTHON_FOUND TRUE)
        # The module is a shared library made of the same objects as the program.
        add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fPIC>)
        if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
            add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fno-semantic-interposition>)  # as clang has it
        endif()
    elseif(NCVERIFY_PYTHON STREQUAL "AUTO")
        message(STATUS "Left out: the Python module, for want of pybind11 or Python.h; scripts/install --python installs them")
    else()
        message(FATAL_ERROR "NCVERIFY_PYTHON=${NCVERIFY_PYTHON}: pybind11 2.10 or Python.h not found; "
            "scripts/install --python installs them")
    endif()
endif()
