# The command line verbs, for the executable and for their tests.
set(app_cli_sources
  ${CMAKE_CURRENT_LIST_DIR}/admin_client.cpp
  ${CMAKE_CURRENT_LIST_DIR}/admin_transport.cpp
  ${CMAKE_CURRENT_LIST_DIR}/call_verb.cpp
  ${CMAKE_CURRENT_LIST_DIR}/command_line.cpp
  ${CMAKE_CURRENT_LIST_DIR}/doctor.cpp
  ${CMAKE_CURRENT_LIST_DIR}/doctor_checks.cpp
  ${CMAKE_CURRENT_LIST_DIR}/import_verb.cpp
  ${CMAKE_CURRENT_LIST_DIR}/key_forms.cpp
  ${CMAKE_CURRENT_LIST_DIR}/key_verb.cpp
  ${CMAKE_CURRENT_LIST_DIR}/outcome.cpp
  ${CMAKE_CURRENT_LIST_DIR}/program.cpp
  ${CMAKE_CURRENT_LIST_DIR}/resource_forms.cpp
  ${CMAKE_CURRENT_LIST_DIR}/resource_grammar.cpp
  ${CMAKE_CURRENT_LIST_DIR}/resource_verb.cpp
  ${CMAKE_CURRENT_LIST_DIR}/run.cpp
  ${CMAKE_CURRENT_LIST_DIR}/server_forms.cpp
  ${CMAKE_CURRENT_LIST_DIR}/servers_verb.cpp
  ${CMAKE_CURRENT_LIST_DIR}/team_forms.cpp
  ${CMAKE_CURRENT_LIST_DIR}/text_table.cpp
  ${CMAKE_CURRENT_LIST_DIR}/user_forms.cpp
  ${CMAKE_CURRENT_LIST_DIR}/version.cpp)
set_source_files_properties(${CMAKE_CURRENT_LIST_DIR}/version.cpp
  PROPERTIES COMPILE_DEFINITIONS "ORCH_VERSION=\"${PROJECT_VERSION}\"")
