#pragma once

// Every message between actors. A command is an imperative, an event a past participle, a reply a
// noun. Handlers that take a message by non-const reference own its content and may move from it.
// Messages never leave the process, so none of them can be serialized.

#include "actors/admin_messages.hpp"
#include "actors/record_messages.hpp"
#include "actors/server_messages.hpp"
#include "actors/session_messages.hpp"
