#include "actors/open_questions.hpp"

#include "tests/support/catch.hpp"

using orch::monotonic_time;
using orch::actors::open_question;
using orch::actors::open_questions;
using namespace std::chrono_literals;

namespace {

open_question asked(const std::string& id, monotonic_time deadline = {}) {
    open_question question;
    question.id = id;
    question.deadline = deadline;
    return question;
}

} // namespace

TEST_CASE("a question is answered once, by its number or its server's id", "[actors][questions]") {
    open_questions questions;
    questions.add(5, asked("\"a\""));
    questions.add(6, asked("1"));
    CHECK(questions.find(5) != nullptr);
    CHECK(questions.take(5)->id == "\"a\"");
    CHECK_FALSE(questions.take(5));
    CHECK(questions.find(5) == nullptr);
    CHECK_FALSE(questions.take_by_id("2"));
    const auto taken = questions.take_by_id("1");
    REQUIRE(taken);
    CHECK(taken->first == 6);
    CHECK(questions.empty());
}

TEST_CASE("questions run out of time, and only so many may be open", "[actors][questions]") {
    open_questions questions;
    for (std::size_t i = 0; i < open_questions::questions_max; ++i) {
        CHECK_FALSE(questions.full());
        questions.add(i, asked(std::to_string(i), monotonic_time{} + std::chrono::seconds(i)));
    }
    CHECK(questions.full());
    CHECK(questions.take_expired(monotonic_time{} + 9s).size() == 10);
    CHECK_FALSE(questions.full());
    CHECK(questions.take_all().size() == open_questions::questions_max - 10);
}
