#include "api/identity/login_throttle.hpp"

#include "crypto/digest.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>

namespace orch::api {

namespace {

namespace ip = boost::asio::ip;

/// The bytes of the network that stands for a client; text that is no address stands for itself.
std::string network_of(std::string_view text) {
    constexpr std::size_t network_bytes_v6 = 8;
    boost::system::error_code ec;
    const auto address = ip::make_address(text, ec);
    if (ec) {
        return std::string(text);
    }
    if (address.is_v4() || address.to_v6().is_v4_mapped()) {
        const auto bytes = (address.is_v4() ? address.to_v4()
                                            : ip::make_address_v4(ip::v4_mapped, address.to_v6()))
                               .to_bytes();
        return {bytes.begin(), bytes.end()};
    }
    const auto bytes = address.to_v6().to_bytes();
    return {bytes.begin(), bytes.begin() + network_bytes_v6};
}

enum class subject : char { logins_of_address = 'a', logins_of_account = 'p', sign_ups = 's' };

/// Hashed: keys are short however long an account's name is, and no e-mail stays in memory.
std::string key_of(subject what, std::string_view address, std::string_view account = {}) {
    const auto network = network_of(address);
    std::string text{static_cast<char>(what)};
    text += std::to_string(network.size());
    text += ':';
    text += network;
    text += account;
    return crypto::sha256(text);
}

std::optional<std::chrono::seconds> refusal(attempt_buckets::duration wait) {
    if (wait <= attempt_buckets::duration::zero()) {
        return std::nullopt;
    }
    return std::chrono::ceil<std::chrono::seconds>(wait);
}

} // namespace

login_throttle::login_throttle(const clock_source& clock, const login_throttle_options& options)
    : clock_(clock), options_(options), buckets_(options.entries_max) {}

std::optional<std::chrono::seconds> login_throttle::begin_login(std::string_view address,
                                                                std::string_view account) {
    const auto by_address = key_of(subject::logins_of_address, address);
    const auto by_account = key_of(subject::logins_of_account, address, account);
    const auto now = clock_.monotonic();
    const std::lock_guard lock(mutex_);
    // Both are asked before either is charged: a refused attempt costs nothing, so an address that
    // is over its limit adds no entries.
    const auto refused = refusal(
        std::max(buckets_.wait(by_address, options_.failures_per_address, now),
                 buckets_.wait(by_account, options_.failures_per_account, now)));
    if (!refused) {
        buckets_.take(by_address, options_.failures_per_address, now);
        buckets_.take(by_account, options_.failures_per_account, now);
    }
    return refused;
}

void login_throttle::login_succeeded(std::string_view address, std::string_view account) {
    const auto by_address = key_of(subject::logins_of_address, address);
    const auto by_account = key_of(subject::logins_of_account, address, account);
    const std::lock_guard lock(mutex_);
    buckets_.give_back(by_address, options_.failures_per_address);
    buckets_.forget(by_account);
}

void login_throttle::login_withdrawn(std::string_view address, std::string_view account) {
    const auto by_address = key_of(subject::logins_of_address, address);
    const auto by_account = key_of(subject::logins_of_account, address, account);
    const std::lock_guard lock(mutex_);
    buckets_.give_back(by_address, options_.failures_per_address);
    buckets_.give_back(by_account, options_.failures_per_account);
}

std::optional<std::chrono::seconds> login_throttle::begin_sign_up(std::string_view address) {
    const auto key = key_of(subject::sign_ups, address);
    const auto now = clock_.monotonic();
    const std::lock_guard lock(mutex_);
    const auto refused = refusal(buckets_.wait(key, options_.sign_ups, now));
    if (!refused) {
        buckets_.take(key, options_.sign_ups, now);
    }
    return refused;
}

void login_throttle::sign_up_withdrawn(std::string_view address) {
    const auto key = key_of(subject::sign_ups, address);
    const std::lock_guard lock(mutex_);
    buckets_.give_back(key, options_.sign_ups);
}

std::size_t login_throttle::entries() const {
    const std::lock_guard lock(mutex_);
    return buckets_.size();
}

} // namespace orch::api
