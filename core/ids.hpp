#pragma once

#include "core/uuid.hpp"

namespace orch {

using project_id = strong_id<struct project_tag>;
using server_id = strong_id<struct server_tag>;
using key_id = strong_id<struct key_tag>;
using user_id = strong_id<struct user_tag>;
using team_id = strong_id<struct team_tag>;
using favourite_id = strong_id<struct favourite_tag>;
using log_view_id = strong_id<struct log_view_tag>;
using member_id = strong_id<struct member_tag>;
using activity_id = strong_id<struct activity_tag>;
/// A client session as users see it in lists; not the secret that its transport uses.
using session_id = strong_id<struct session_tag>;
/// One tool call, minted when the request is taken in.
using call_id = strong_id<struct call_tag>;
/// One run of the orchestrator; stands on every row that it writes.
using instance_id = strong_id<struct instance_tag>;

} // namespace orch
