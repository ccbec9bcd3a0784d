#include "core/uuid.hpp"

#include "tests/support/catch.hpp"

#include <algorithm>
#include <set>
#include <thread>
#include <unordered_set>
#include <vector>

using namespace orch;
using namespace std::chrono_literals;

namespace {

using time_point = std::chrono::system_clock::time_point;

constexpr time_point noon{std::chrono::sys_days{std::chrono::year{2026} / 2 / 3} + 12h};

} // namespace

TEST_CASE("ids are printed and parsed in both forms", "[core][uuid]") {
    const auto id = uuid::parse("01234567-89AB-cdef-0123-456789abcdef");
    REQUIRE(id);
    CHECK(id->to_string() == "01234567-89ab-cdef-0123-456789abcdef");
    CHECK(id->to_hex() == "0123456789abcdef0123456789abcdef");
    CHECK(uuid::parse(id->to_hex()) == id);
    CHECK(uuid{}.is_nil());
    CHECK_FALSE(id->is_nil());
    CHECK(uuid::parse(uuid{}.to_string()) == uuid{});
}

TEST_CASE("text that is no id is not parsed", "[core][uuid]") {
    for (const std::string_view text :
         {"", "0", "01234567-89ab-cdef-0123-456789abcde", "01234567-89ab-cdef-0123-456789abcdef0",
          "01234567x89ab-cdef-0123-456789abcdef", "0123456-789ab-cdef-0123-456789abcdef",
          "0123456789abcdef0123456789abcdeg", "g123456789abcdef0123456789abcdef",
          "0123456789abcdef0123456789abcde-", "{1234567-89ab-cdef-0123-456789abcde}",
          "01234567-89ab-cdef-0123456789abcdef-"}) {
        CAPTURE(text);
        CHECK_FALSE(uuid::parse(text));
    }
}

TEST_CASE("random ids have version 4 and differ", "[core][uuid]") {
    std::unordered_set<uuid> seen;
    for (int i = 0; i < 1000; ++i) {
        const uuid id = uuid::random();
        CHECK(id.to_string()[14] == '4');
        CHECK(std::string_view("89ab").find(id.to_string()[19]) != std::string_view::npos);
        CHECK(seen.insert(id).second);
        CHECK(uuid::parse(id.to_string()) == id);
    }
}

TEST_CASE("sequence ids carry their time and lie above its floor", "[core][uuid]") {
    uuid_sequence sequence;
    const uuid id = sequence.next(noon + 123ms);
    CHECK(id.to_string()[14] == '7');
    CHECK(std::string_view("89ab").find(id.to_string()[19]) != std::string_view::npos);
    CHECK(id.timestamp() == noon + 123ms);
    CHECK(uuid::floor(noon + 123ms) <= id);
    CHECK(id < uuid::floor(noon + 124ms));
    CHECK(uuid::floor(noon + 123ms).timestamp() == noon + 123ms);
    CHECK(uuid::floor(noon + 123ms + 999us) == uuid::floor(noon + 123ms));
    CHECK(uuid::floor(time_point{} - 1h) == uuid::floor(time_point{}));
}

TEST_CASE("sequence ids increase when the clock stands still or steps back", "[core][uuid]") {
    uuid_sequence sequence;
    uuid last = sequence.next(noon);
    for (int i = 0; i < 300'000; ++i) {
        // Crosses the end of the counter within one millisecond, too.
        const uuid id = sequence.next(i % 1000 == 0 ? noon - 1h : noon);
        REQUIRE(last < id);
        last = id;
    }
    CHECK(sequence.next(noon + 1h).timestamp() == noon + 1h);
}

TEST_CASE("a sequence goes on above an id that was seen before", "[core][uuid]") {
    uuid_sequence before;
    const uuid seen = before.next(noon + 1h);
    uuid_sequence after;
    after.advance_past(seen);
    CHECK(seen < after.next(noon));
    after.advance_past(uuid::floor(noon - 1h));
    CHECK(seen < after.next(noon));
}

TEST_CASE("sequence ids increase over all threads", "[core][uuid]") {
    uuid_sequence sequence;
    constexpr std::size_t per_thread = 20'000;
    std::vector<std::vector<uuid>> minted(4);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < minted.size(); ++t) {
        threads.emplace_back([&, t] {
            for (std::size_t i = 0; i < per_thread; ++i) {
                minted[t].push_back(sequence.next());
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    std::set<uuid> all;
    for (const auto& ids : minted) {
        CHECK(std::is_sorted(ids.begin(), ids.end()));
        all.insert(ids.begin(), ids.end());
    }
    CHECK(all.size() == minted.size() * per_thread);
}
