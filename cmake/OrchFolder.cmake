# orch_folder(<name> SOURCES <files...> LINKS <targets...>)
# One static library per folder; LINKS repeats the arrows that tools/check_layers.py checks.
function(orch_folder name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  add_library(orch_${name} STATIC ${arg_SOURCES})
  add_library(orch::${name} ALIAS orch_${name})
  target_include_directories(orch_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(orch_${name} PUBLIC ${arg_LINKS} PRIVATE orch::warnings)
endfunction()
