#include "actors/tail_gate.hpp"

namespace orch::actors {

tail_gate::verdict tail_gate::admit(std::size_t bytes) noexcept {
    if (bytes_.fetch_add(bytes) + bytes <= bytes_max_) {
        return verdict::passed;
    }
    bytes_ -= bytes;
    return told_.exchange(true) ? verdict::silent : verdict::tell;
}

} // namespace orch::actors
