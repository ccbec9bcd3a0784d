#include "tests/support/catch.hpp"

#include "bench/load/recovery_book.hpp"

using namespace std::chrono_literals;
using orch::bench::recovery_book;
using orch::bench::verdict;

namespace {

const recovery_book::time_point start{};

} // namespace

TEST_CASE("recovery book counts the failed calls that were in flight", "[bench][recovery_book]") {
    recovery_book book(3);
    book.called(0);
    book.called(1);
    book.answered(1, verdict::failed, start - 1ms);
    book.called(2);
    book.killed(start);
    CHECK(book.in_flight() == 2);
    book.answered(0, verdict::failed, start + 3ms);
    book.answered(2, verdict::right, start + 4ms);
    book.called(0);
    book.answered(0, verdict::failed, start + 9ms);
    CHECK(book.failed_in_flight() == 1);
    CHECK(book.last_failure() == 3ms);
}

TEST_CASE("recovery book takes only a call made after the kill for a recovery",
          "[bench][recovery_book]") {
    recovery_book book(2);
    book.called(0);
    book.killed(start);
    book.answered(0, verdict::right, start + 1ms);
    CHECK(book.recoveries().empty());
    for (const auto judged : {verdict::failed, verdict::wrong, verdict::right, verdict::right}) {
        book.called(0);
        book.answered(0, judged, judged == verdict::right ? start + 7ms : start + 2ms);
    }
    book.called(1);
    CHECK_FALSE(book.is_complete());
    book.answered(1, verdict::right, start + 5ms);
    CHECK(book.recoveries() == std::vector<std::chrono::nanoseconds>{5ms, 7ms});
    CHECK(book.is_complete());
}

TEST_CASE("recovery book keeps the first recovery and does not wait for the lost",
          "[bench][recovery_book]") {
    recovery_book book(2);
    book.called(1);
    book.killed(start);
    book.lost(1);
    book.called(0);
    book.answered(0, verdict::right, start + 5ms);
    book.called(0);
    book.answered(0, verdict::right, start + 6ms);
    CHECK(book.recoveries() == std::vector<std::chrono::nanoseconds>{5ms});
    CHECK(book.is_complete());
    CHECK_FALSE(book.last_failure());
}
