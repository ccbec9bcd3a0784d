#include "tests/support/catch.hpp"

#include "bench/load/arrival_book.hpp"

using namespace std::chrono_literals;
using orch::bench::arrival_book;

namespace {

const arrival_book::time_point start{};

} // namespace

TEST_CASE("arrival book is complete when each stream has the event", "[bench][arrival_book]") {
    arrival_book book(2);
    CHECK(book.is_complete());
    book.published(start);
    book.arrived(1, start + 1ms);
    CHECK_FALSE(book.is_complete());
    book.arrived(0, start + 3ms);
    CHECK(book.is_complete());
    CHECK(book.delivered() == 2);
    CHECK(book.duplicates() == 0);
    CHECK(book.arrivals().max() == 3ms);
    CHECK(book.median_of_last() == 3ms);
}

TEST_CASE("arrival book counts what comes twice or unasked", "[bench][arrival_book]") {
    arrival_book book(2);
    book.arrived(0, start);
    book.published(start);
    book.arrived(0, start);
    book.arrived(0, start);
    book.arrived(1, start);
    book.arrived(1, start);
    CHECK(book.duplicates() == 3);
    CHECK(book.delivered() == 2);
}

TEST_CASE("arrival book counts what never came, for each event", "[bench][arrival_book]") {
    arrival_book book(3);
    book.published(start);
    book.arrived(2, start + 1ms);
    book.give_up();
    CHECK(book.is_complete());
    CHECK(book.missing() == 2);
    CHECK(book.median_of_last() == 0ms);
    book.published(start + 5ms);
    CHECK_FALSE(book.is_complete());
    book.arrived(2, start + 7ms);
    book.give_up();
    CHECK(book.missing() == 4);
    CHECK(book.events() == 2);
    CHECK(book.delivered() == 2);
}
