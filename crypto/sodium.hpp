#pragma once

namespace orch::crypto {

/// Makes libsodium ready, once per process; every function of this folder that needs it calls it.
/// Ends the process when the system has no random source: nothing secret can be made then.
/// Callable from any thread.
void require_sodium();

} // namespace orch::crypto
