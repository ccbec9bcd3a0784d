#include "crypto/sodium.hpp"

#include "core/log.hpp"

#include <sodium.h>

#include <cstdlib>

namespace orch::crypto {

void require_sodium() {
    static const bool ready = ::sodium_init() >= 0;
    if (!ready) {
        log::error("crypto", "libsodium found no random source");
        std::abort();
    }
}

} // namespace orch::crypto
