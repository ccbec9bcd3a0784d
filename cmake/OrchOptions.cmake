option(ORCH_TESTS "Build the tests" ON)
option(ORCH_BENCH "Build the benchmarks" OFF)
option(ORCH_COVERAGE "Instrument for gcov" OFF)
set(ORCH_UNITY_BATCH 8 CACHE STRING "Sources that one run of the compiler takes together; 0: one")
set(ORCH_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# All of it ends in programs: no function is ever replaced by that of another library.
add_compile_options(-fno-semantic-interposition)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Without the sloppiness nothing that uses a precompiled header would be cached. The compiler's own
  # list of dependencies spares a run of the preprocessor, the inode cache hashing that header each
  # time.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_DEPEND=1 CCACHE_INODECACHE=1
    ${CCACHE_PROGRAM})
endif()

add_library(orch_warnings INTERFACE)
add_library(orch::warnings ALIAS orch_warnings)
target_compile_options(orch_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast -Werror
  -fstack-protector-strong)
target_compile_definitions(orch_warnings INTERFACE _GLIBCXX_ASSERTIONS)

if(ORCH_SANITIZE)
  target_compile_options(orch_warnings INTERFACE
    -fsanitize=${ORCH_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(orch_warnings INTERFACE -fsanitize=${ORCH_SANITIZE})
endif()
if(ORCH_COVERAGE)
  target_compile_options(orch_warnings INTERFACE --coverage)
  target_link_options(orch_warnings INTERFACE --coverage)
endif()
