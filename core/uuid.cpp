#include "core/uuid.hpp"

#include <algorithm>
#include <cstring>

#include <sys/random.h>

namespace orch {

namespace {

constexpr int counter_bits = 18;
constexpr std::string_view digits = "0123456789abcdef";

int nibble(char c) noexcept {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Random bytes from a per-thread pool: one system call per 32 ids.
void fill_random(std::uint8_t* out, std::size_t size) {
    thread_local std::array<std::uint8_t, 256> pool;
    thread_local std::size_t used = pool.size();
    if (used + size > pool.size()) {
        std::size_t have = 0;
        while (have < pool.size()) {
            const auto got = ::getrandom(pool.data() + have, pool.size() - have, 0);
            have += got > 0 ? static_cast<std::size_t>(got) : 0;
        }
        used = 0;
    }
    std::memcpy(out, pool.data() + used, size);
    std::memset(pool.data() + used, 0, size);
    used += size;
}

void set_timestamp(uuid& id, std::uint64_t milliseconds) noexcept {
    for (int i = 0; i < 6; ++i) {
        id.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(milliseconds >>
                                                                          (8 * (5 - i)));
    }
}

std::uint64_t milliseconds_of(std::chrono::system_clock::time_point at) noexcept {
    const auto count =
        std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count();
    return count < 0 ? 0 : static_cast<std::uint64_t>(count);
}

/// The ordered part of a version 7 id as `uuid_sequence` lays it out.
std::uint64_t order_of(const uuid& id) noexcept {
    std::uint64_t milliseconds = 0;
    for (std::size_t i = 0; i < 6; ++i) {
        milliseconds = milliseconds << 8 | id.bytes[i];
    }
    const std::uint64_t counter = (std::uint64_t{id.bytes[6]} & 0x0f) << 14 |
                                  std::uint64_t{id.bytes[7]} << 6 |
                                  (std::uint64_t{id.bytes[8]} & 0x3f);
    return milliseconds << counter_bits | counter;
}

} // namespace

std::string uuid::to_hex() const {
    std::string text(32, '0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 0x0f];
    }
    return text;
}

std::string uuid::to_string() const {
    std::string text(36, '-');
    std::size_t at = 0;
    for (const auto byte : bytes) {
        at += at == 8 || at == 13 || at == 18 || at == 23 ? 1 : 0;
        text[at++] = digits[byte >> 4];
        text[at++] = digits[byte & 0x0f];
    }
    return text;
}

std::chrono::system_clock::time_point uuid::timestamp() const noexcept {
    return std::chrono::system_clock::time_point{
        std::chrono::milliseconds{order_of(*this) >> counter_bits}};
}

std::optional<uuid> uuid::parse(std::string_view text) noexcept {
    const bool dashed = text.size() == 36;
    if (!dashed && text.size() != 32) {
        return std::nullopt;
    }
    uuid id;
    std::size_t at = 0;
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
        if (dashed && (i == 4 || i == 6 || i == 8 || i == 10) && text[at++] != '-') {
            return std::nullopt;
        }
        const int high = nibble(text[at]);
        const int low = nibble(text[at + 1]);
        if (high < 0 || low < 0) {
            return std::nullopt;
        }
        id.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
        at += 2;
    }
    return id;
}

uuid uuid::random() {
    uuid id;
    fill_random(id.bytes.data(), id.bytes.size());
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0f) | 0x40);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3f) | 0x80);
    return id;
}

uuid uuid::floor(std::chrono::system_clock::time_point at) noexcept {
    uuid id;
    set_timestamp(id, milliseconds_of(at));
    id.bytes[6] = 0x70;
    id.bytes[8] = 0x80;
    return id;
}

uuid uuid_sequence::next() { return next(std::chrono::system_clock::now()); }

uuid uuid_sequence::next(std::chrono::system_clock::time_point now) {
    const std::uint64_t wanted = milliseconds_of(now) << counter_bits;
    std::uint64_t seen = last_.load(std::memory_order_relaxed);
    std::uint64_t mine = 0;
    do {
        mine = std::max(wanted, seen + 1);
    } while (!last_.compare_exchange_weak(seen, mine, std::memory_order_acq_rel));

    uuid id;
    fill_random(id.bytes.data() + 8, 8);
    set_timestamp(id, mine >> counter_bits);
    const std::uint64_t counter = mine & ((std::uint64_t{1} << counter_bits) - 1);
    id.bytes[6] = static_cast<std::uint8_t>(0x70 | (counter >> 14));
    id.bytes[7] = static_cast<std::uint8_t>(counter >> 6);
    id.bytes[8] = static_cast<std::uint8_t>(0x80 | (counter & 0x3f));
    return id;
}

void uuid_sequence::advance_past(const uuid& seen) noexcept {
    const std::uint64_t floor_order = order_of(seen);
    std::uint64_t last = last_.load(std::memory_order_relaxed);
    while (last < floor_order &&
           !last_.compare_exchange_weak(last, floor_order, std::memory_order_acq_rel)) {
    }
}

} // namespace orch

std::size_t std::hash<orch::uuid>::operator()(const orch::uuid& id) const noexcept {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    std::memcpy(&high, id.bytes.data(), sizeof high);
    std::memcpy(&low, id.bytes.data() + sizeof high, sizeof low);
    return static_cast<std::size_t>((high ^ (low * 0x9e3779b97f4a7c15ULL)) * 0xff51afd7ed558ccdULL);
}
