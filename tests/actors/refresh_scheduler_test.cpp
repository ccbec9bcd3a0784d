#include "actors/refresh_scheduler.hpp"

#include "actors/bridge/ask.hpp"
#include "actors/refresh_actor.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/registry_of.hpp"

#include <algorithm>
#include <deque>

using namespace orch;
using namespace orch::test;
using namespace std::chrono_literals;
using Catch::Matchers::Contains;
using model::server_state;

namespace {

/// What a server was asked, and who waits for its answers.
struct asked_server {
    model::server_entry entry;
    std::vector<actors::check_kind> questions;
    std::vector<caf::response_promise> waiting;
};

/// A server that answers when the test says so.
class patient_server final : public actors::bridge::pinned_actor {
public:
    patient_server(caf::actor_config& config, actors::bridge::io_unit& home, asked_server& log)
        : pinned_actor(config, home), log_(log) {}

    caf::behavior make_behavior() override {
        return caf::behavior{[this](const actors::refresh_status& wanted) {
            log_.questions.push_back(wanted.kind);
            return log_.waiting.emplace_back(make_response_promise());
        }};
    }
    void on_exit() override { log_.waiting.clear(); }

private:
    asked_server& log_;
};

/// The database's part: keeps what it is given, and answers when it is asked to.
struct kept_schedule {
    actors::stored_schedule stored;
    std::vector<model::refresh_run> runs;
    std::deque<std::function<void()>> answers;
    bool away = false;

    void answer_all() {
        while (!answers.empty()) {
            const auto answer = std::move(answers.front());
            answers.pop_front();
            answer();
        }
    }
    actors::schedule_storage storage() {
        return {[this](auto done) {
                    answers.push_back([this, done] {
                        done(away ? result<actors::stored_schedule>(gone()) : stored);
                    });
                },
                [this](auto given, auto stands, auto done) {
                    answers.push_back([this, given, stands, done] {
                        if (away) {
                            done(gone());
                            return;
                        }
                        runs.insert(runs.end(), given.begin(), given.end());
                        stored.schedule = stands;
                        done({});
                    });
                }};
    }
    static error gone() { return {errc::unavailable, "the database is away"}; }
};

struct scheduling : actor_fixture {
    scheduling() {
        kept.stored.schedule.resumed_at = clock.wall();
        kept.stored.schedule.max_workers = 2;
        kept.stored.schedule.revision = 1;
        refresh = spawn<actors::refresh_actor>(std::ref(unit()), std::cref(registry),
                                               std::cref(board));
        start();
        kept.answer_all();
        settle();
    }
    ~scheduling() { end_actors(); }

    void start() {
        scheduler = spawn<actors::refresh_scheduler>(std::ref(unit()), refresh, kept.storage());
        settle();
    }
    void add_servers(std::size_t count, bool enabled = true) {
        for (std::size_t i = 0; i < count; ++i) {
            auto& server = servers.emplace_back();
            server.entry.definition.id = server_id::random();
            server.entry.definition.enabled = enabled;
            const auto& id = server.entry.definition.id;
            board.put(id, {});
            board.put_actor(id, spawn<patient_server>(std::ref(unit()), std::ref(server)));
        }
        std::vector<model::server_entry> entries;
        for (const auto& server : servers) {
            entries.push_back(server.entry);
        }
        registry.store(std::make_shared<const model::registry>(registry_of({}, entries)));
    }
    void pass(std::chrono::milliseconds time) {
        clock.advance(time);
        tell(scheduler, actors::tick{});
        settle();
    }
    void answer(std::size_t server, server_state state = server_state::online) {
        auto& waiting = servers[server].waiting;
        REQUIRE(waiting.size() == 1);
        actors::status_report report;
        report.status.state = state;
        waiting.front().deliver(report);
        waiting.clear();
        settle();
    }
    std::size_t waiting() const {
        return static_cast<std::size_t>(std::count_if(
            servers.begin(), servers.end(), [](const auto& one) { return !one.waiting.empty(); }));
    }
    template <class Message>
    result<actors::schedule_report> asked(Message message) {
        std::optional<result<actors::schedule_report>> heard;
        actors::bridge::ask_command<actors::schedule_report>(
            system, unit(), scheduler, std::move(message), 5s,
            [&](result<actors::schedule_report> answer) { heard = std::move(answer); });
        REQUIRE(run_until([&] { return heard.has_value(); }));
        return *heard;
    }

    actors::registry_source registry;
    actors::server_board board;
    std::deque<asked_server> servers;
    kept_schedule kept;
    caf::actor refresh;
    caf::actor scheduler;
};

} // namespace

TEST_CASE_METHOD(scheduling, "a run checks all enabled servers, a few at a time",
                 "[actors][scheduler]") {
    add_servers(3);
    add_servers(1, false);
    pass(299s);
    CHECK(waiting() == 0);
    pass(31s);
    CHECK(waiting() == 2);
    answer(0);
    CHECK(waiting() == 2);
    answer(1, server_state::error);
    CHECK(waiting() == 1);
    clock.advance(4s);
    answer(2);
    kept.answer_all();
    REQUIRE(kept.runs.size() == 1);
    const auto& run = kept.runs.front();
    CHECK(run.trigger == model::refresh_trigger::schedule);
    CHECK(run.counts.checked == 3);
    CHECK(run.counts.updated == 3);
    CHECK(run.counts.errors == 1);
    CHECK(run.duration == 4s);
    CHECK(run.error.empty());
    CHECK(kept.stored.schedule.last_execution == run.started_at);
    CHECK(servers[3].questions.empty());
}

TEST_CASE_METHOD(scheduling, "the schedule wakes no idle server, people do",
                 "[actors][scheduler]") {
    add_servers(1);
    pass(331s);
    answer(0);
    CHECK(asked(actors::run_refresh{}).has_value());
    settle();
    answer(0);
    CHECK(servers[0].questions ==
          std::vector{actors::check_kind::routine, actors::check_kind::asked});
}

TEST_CASE_METHOD(scheduling, "one run at a time, whoever asks", "[actors][scheduler]") {
    add_servers(1);
    REQUIRE(asked(actors::run_refresh{}).value().under_way);
    const auto refused = asked(actors::run_refresh{});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == errc::conflict);
    pass(331s);
    CHECK(servers[0].questions.size() == 1);
    CHECK(asked(actors::report_schedule{}).value().schedule.skipped_count == 1);
    answer(0);
    kept.answer_all();
    settle();
    REQUIRE(kept.runs.size() == 1);
    CHECK(kept.runs.front().trigger == model::refresh_trigger::manual);
    CHECK(kept.stored.schedule.skipped_count == 1);
    CHECK(asked(actors::report_schedule{}).value().runs_count == 1);
}

TEST_CASE_METHOD(scheduling, "a run whose refresh actor dies is told of as failed",
                 "[actors][scheduler]") {
    add_servers(1);
    REQUIRE(asked(actors::run_refresh{}).has_value());
    settle();
    REQUIRE(waiting() == 1);
    caf::anon_send_exit(refresh, caf::exit_reason::unhandled_exception);
    settle();
    kept.answer_all();
    REQUIRE(kept.runs.size() == 1);
    CHECK_THAT(kept.runs.front().error, Contains("broke off"));
    CHECK_FALSE(asked(actors::report_schedule{}).value().under_way);
}

TEST_CASE_METHOD(scheduling, "servers whose turn does not come are told of",
                 "[actors][scheduler]") {
    add_servers(3);
    REQUIRE(asked(actors::run_refresh{}).has_value());
    settle();
    clock.advance(50min);
    answer(0);
    answer(1);
    kept.answer_all();
    REQUIRE(kept.runs.size() == 1);
    CHECK(kept.runs.front().counts.checked == 2);
    CHECK_THAT(kept.runs.front().error, Contains("1 servers were not reached"));
}

TEST_CASE_METHOD(scheduling, "runs wait for a database that is away", "[actors][scheduler]") {
    kept.away = true;
    REQUIRE(asked(actors::run_refresh{}).has_value());
    kept.answer_all();
    REQUIRE(asked(actors::run_refresh{}).has_value());
    settle();
    kept.answer_all();
    CHECK(kept.runs.empty());
    kept.away = false;
    pass(1s);
    CHECK(kept.answers.empty());
    pass(2s);
    kept.answer_all();
    CHECK(kept.runs.size() == 2);
    pass(3s);
    CHECK(kept.answers.empty());
}

TEST_CASE_METHOD(scheduling, "another scheduler goes on where the one before it was",
                 "[actors][scheduler]") {
    add_servers(1);
    pass(331s);
    answer(0);
    kept.answer_all();
    settle();
    caf::anon_send_exit(scheduler, caf::exit_reason::unhandled_exception);
    settle();
    clock.advance(200s);
    start();
    CHECK(asked(actors::report_schedule{}).error().code == errc::unavailable);
    auto newer = kept.stored.schedule;
    newer.server_check_interval = 600s;
    ++newer.revision;
    CHECK_FALSE(asked(actors::adopt_schedule{newer}).has_value());
    kept.answer_all();
    const auto report = asked(actors::report_schedule{}).value();
    CHECK(report.schedule.last_execution == clock.wall() - 200s);
    CHECK(report.schedule.server_check_interval == 600s);
    CHECK(*report.next_run >= clock.wall() + 400s);
    CHECK(*report.next_run <= clock.wall() + 460s);
    pass(399s);
    CHECK(servers[0].questions.size() == 1);
    pass(62s);
    CHECK(servers[0].questions.size() == 2);
}

TEST_CASE_METHOD(scheduling, "a schedule that cannot be read is read again",
                 "[actors][scheduler]") {
    kept.away = true;
    start();
    kept.answer_all();
    settle();
    kept.away = false;
    pass(1s);
    CHECK(kept.answers.empty());
    pass(1s);
    kept.answer_all();
    CHECK(asked(actors::report_schedule{}).has_value());
}
