# orch_folder(<name> SOURCES <files...> LINKS <targets...>)
# One static library per folder; LINKS repeats the arrows that tools/check_layers.py checks.
function(orch_folder name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  add_library(orch_${name} STATIC ${arg_SOURCES})
  add_library(orch::${name} ALIAS orch_${name})
  target_include_directories(orch_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(orch_${name} PUBLIC ${arg_LINKS} PRIVATE orch::warnings)
endfunction()

# Headers of the libraries alone, compiled once for all targets that see actors: they are most of
# what each of those files would parse. Our own headers stay out, so that a change of one of them
# rebuilds no more than it must.
set(ORCH_PRECOMPILED_HEADERS
  <algorithm> <array> <atomic> <charconv> <chrono> <functional> <map> <memory> <mutex> <optional>
  <string> <string_view> <unordered_map> <utility> <vector>
  <boost/asio/executor_work_guard.hpp> <boost/asio/generic/stream_protocol.hpp>
  <boost/asio/io_context.hpp> <boost/asio/ip/address.hpp> <boost/asio/post.hpp>
  <boost/asio/steady_timer.hpp> <boost/describe/class.hpp> <boost/describe/members.hpp>
  <boost/json.hpp> <caf/actor_system.hpp> <caf/event_based_actor.hpp> <caf/response_promise.hpp>
  <caf/send.hpp> <fmt/format.h>)

function(orch_share_precompiled target)
  # The same for libraries and programs: what was precompiled fits only the flags it was made with.
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  target_compile_options(${target} PRIVATE -fPIC)
  if(TARGET orch_actors AND NOT ${target} STREQUAL orch_actors)
    target_precompile_headers(${target} REUSE_FROM orch_actors)
  else()
    target_precompile_headers(${target} PRIVATE ${ORCH_PRECOMPILED_HEADERS})
  endif()
endfunction()

# orch_compile_together(<target> ALONE <files...>)
# What the libraries' templates make of a header is most of the work, and is the same for each file
# of a folder. ALONE names files whose file-local names another one of the target has, too.
function(orch_compile_together target)
  cmake_parse_arguments(arg "" "" "ALONE" ${ARGN})
  if(ORCH_UNITY_BATCH GREATER 0)
    set_target_properties(${target} PROPERTIES
      UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${ORCH_UNITY_BATCH})
    set_source_files_properties(${arg_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endif()
endfunction()
