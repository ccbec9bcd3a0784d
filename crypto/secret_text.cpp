#include "crypto/secret_text.hpp"

#include <sodium.h>

namespace orch::crypto {

void wipe(std::string& text) noexcept {
    // Never allocates. Bytes of a longer text that stood here before are overwritten as well.
    text.resize(text.capacity());
    ::sodium_memzero(text.data(), text.size());
    text.clear();
}

// A move would leave a short text behind in the object that it came from.
secret_text::secret_text(std::string&& taken) : text_(taken) { wipe(taken); }

secret_text::~secret_text() { wipe(text_); }

} // namespace orch::crypto
