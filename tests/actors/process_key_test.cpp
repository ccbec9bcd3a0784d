#include "actors/process_key.hpp"

#include "tests/support/catch.hpp"

#include <set>

using namespace orch;
using actors::process_key;
using kind = model::process_policy::kind;

namespace {

actors::client_card client(bool can_be_asked = false) {
    actors::client_card card;
    card.session = session_id::random();
    card.principal = "key:1";
    card.can.sampling = can_be_asked;
    return card;
}

} // namespace

TEST_CASE("U3: automatic shares until the server needs a client that can be asked",
          "[actors][process_key]") {
    const auto plain = client();
    const auto able = client(true);
    CHECK(process_key({kind::automatic}, false, &able).empty());
    CHECK(process_key({kind::automatic}, true, &plain).empty());
    const auto own = process_key({kind::automatic}, true, &able);
    CHECK(actors::serves_one_session(own));
    const auto other = client(true);
    CHECK(own != process_key({kind::automatic}, true, &other));
}

TEST_CASE("U3: each policy groups sessions its own way", "[actors][process_key]") {
    const auto one = client();
    const auto two = client();
    CHECK(process_key({kind::shared}, true, &one).empty());
    CHECK(process_key({kind::per_session}, false, &one) !=
          process_key({kind::per_session}, false, &two));
    CHECK(process_key({kind::per_user}, false, &one) == process_key({kind::per_user}, false, &two));
    CHECK_FALSE(actors::serves_one_session(process_key({kind::per_user}, false, &one)));
    std::set<std::string> pool;
    for (int i = 0; i < 200; ++i) {
        const auto any = client();
        const auto key = process_key({kind::pool}, false, &any);
        CHECK(key == process_key({kind::pool}, false, &any));
        pool.insert(key);
    }
    CHECK(pool.size() == 4);
    pool.clear();
    for (int i = 0; i < 200; ++i) {
        const auto any = client();
        pool.insert(process_key({kind::pool, 7}, false, &any));
    }
    CHECK(pool.size() == 7);
}

TEST_CASE("a call without a session goes to the shared process", "[actors][process_key]") {
    for (const auto policy : {kind::automatic, kind::per_session, kind::per_user, kind::pool}) {
        CHECK(process_key({policy}, true, nullptr).empty());
    }
}
