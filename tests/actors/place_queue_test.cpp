#include "actors/place_queue.hpp"

#include "tests/support/catch.hpp"

#include <map>
#include <memory>

using namespace orch;
using actors::forward_request;
using actors::place_queue;
using namespace std::chrono_literals;

namespace {

constexpr monotonic_time start{1h};

actors::client_card_ptr client(const std::string& principal) {
    auto card = std::make_shared<actors::client_card>();
    card->session = session_id::random();
    card->principal = principal;
    return card;
}

forward_request request(std::uint64_t number, const actors::client_card_ptr& from,
                        std::size_t bytes = 10) {
    forward_request out;
    out.number = number;
    out.client = from;
    out.body = std::string(bytes, 'x');
    return out;
}

std::vector<std::uint64_t> numbers(const std::vector<forward_request>& requests) {
    std::vector<std::uint64_t> out;
    for (const auto& one : requests) {
        out.push_back(one.number);
    }
    return out;
}

using list = std::vector<std::uint64_t>;

struct queue_fixture {
    list add(std::uint64_t number, const std::string& principal, std::size_t bytes = 10) {
        return numbers(queue.add(principal + std::to_string(number),
                                 request(number, client(principal), bytes), start + 30s));
    }
    std::string next() const {
        return queue
            .next([this](const std::string& principal) {
                const auto found = held.find(principal);
                return found == held.end() ? std::size_t{0} : found->second;
            })
            .value_or("nobody");
    }

    place_queue queue{{.requests_max = 4, .bytes_max = 100}};
    std::map<std::string, std::size_t> held;
};

} // namespace

TEST_CASE_METHOD(queue_fixture, "places are given in the order of those who wait",
                 "[actors][place_queue]") {
    CHECK(next() == "nobody");
    CHECK(add(1, "a").empty());
    CHECK(add(2, "b").empty());
    CHECK(next() == "a1");
    CHECK(numbers(queue.take("a1")) == list{1});
    CHECK(next() == "b2");
}

TEST_CASE_METHOD(queue_fixture, "a place goes to whoever has fewest", "[actors][place_queue]") {
    held = {{"greedy", 3}, {"other", 1}};
    CHECK(add(1, "greedy").empty());
    CHECK(add(2, "other").empty());
    CHECK(add(3, "new").empty());
    CHECK(next() == "new3");
    held["new"] = 1;
    CHECK(numbers(queue.take("new3")) == list{3});
    CHECK(next() == "other2");
}

TEST_CASE_METHOD(queue_fixture, "nobody takes all places of the queue", "[actors][place_queue]") {
    for (std::uint64_t number = 1; number <= 4; ++number) {
        CHECK(add(number, "greedy").empty());
    }
    CHECK(add(5, "greedy") == list{5});
    // Others push the latest ones of the greedy out, up to an equal share.
    CHECK(add(6, "other") == list{4});
    CHECK(add(7, "other") == list{3});
    CHECK(add(8, "other") == list{8});
    CHECK(add(9, "greedy") == list{9});
    CHECK(queue.size() == 4);
}

TEST_CASE_METHOD(queue_fixture, "nobody takes all bytes of the queue", "[actors][place_queue]") {
    CHECK(add(1, "greedy", 500).empty());
    CHECK(add(2, "other", 60) == list{1});
    CHECK(add(3, "other", 60) == list{3});
    CHECK(add(4, "greedy", 40).empty());
    CHECK(queue.size() == 2);
}

TEST_CASE_METHOD(queue_fixture, "requests of one process stay together and in order",
                 "[actors][place_queue]") {
    const auto one = client("a");
    CHECK(queue.add("k", request(1, one), start).empty());
    CHECK(add(2, "b").empty());
    CHECK(queue.add("k", request(3, one), start).empty());
    CHECK(numbers(queue.take("k")) == list{1, 3});
    CHECK(queue.size() == 1);
}

TEST_CASE_METHOD(queue_fixture, "who waits too long, withdraws or leaves waits no more",
                 "[actors][place_queue]") {
    const auto one = client("a");
    CHECK(queue.add("k", request(1, one), start + 1s).empty());
    CHECK(queue.add("k", request(2, one), start + 2s).empty());
    CHECK(queue.add("l", request(3, client("b")), start + 9s).empty());
    CHECK(queue.add("m", request(4, client("c")), start + 9s).empty());
    CHECK(queue.take_expired(start).empty());
    CHECK(numbers(queue.take_expired(start + 1s)) == list{1});
    queue.leave(one->session);
    CHECK(queue.size() == 2);
    queue.withdraw(3);
    CHECK(numbers(queue.take_all()) == list{4});
    CHECK(queue.empty());
    // Its room is free again.
    CHECK(add(5, "a", 60).empty());
    CHECK(add(6, "b", 40).empty());
}
