#include "actors/supervisor.hpp"

#include "actors/bridge/ask.hpp"
#include "actors/schedule_messages.hpp"
#include "storage/server_log_store.hpp"
#include "storage/session_query.hpp"
#include "storage/session_store.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/database_fixture.hpp"
#include "tests/support/temporary_directory.hpp"

using namespace orch;
using namespace orch::test;
using actors::readiness;

namespace {

/// A supervisor that brings everything up on a database of its own.
class supervisor_fixture {
public:
    ~supervisor_fixture() {
        shut_down();
        loop.end_actors();
    }

    bool start() {
        supervisor = loop.spawn<actors::supervisor>(std::ref(loop.unit()), std::ref(runtime));
        loop.tell(supervisor, actors::start_up{});
        return loop.run_until([&] { return runtime.state() == readiness::ready; });
    }
    void shut_down() {
        if (supervisor) {
            static_cast<void>(asked<actors::stopped>(supervisor, actors::shut_down{}));
            supervisor = nullptr;
            runtime.close();
        }
    }
    template <class Reply, class Question>
    result<Reply> asked(const caf::actor& target, Question question) {
        std::optional<result<Reply>> heard;
        actors::bridge::ask<Reply>(loop.system, loop.unit(), target, std::move(question),
                                   std::chrono::seconds(10),
                                   [&](result<Reply> answer) { heard = std::move(answer); });
        REQUIRE(loop.run_until([&] { return heard.has_value(); }));
        return *heard;
    }
    /// Ends the actor behind the address, as a fault would; true when another one answers.
    template <class Reply, class Question>
    bool survives(const caf::actor& address, const Question& question) {
        caf::anon_send_exit(address, caf::exit_reason::unhandled_exception);
        return loop.run_until([&] { return asked<Reply>(address, question).has_value(); });
    }

    model::client_session open_session(const instance_id& instance) const {
        model::client_session row;
        row.id = session_id::random();
        row.instance = instance;
        row.project = project_id::random();
        row.connected_at = row.last_activity = loop.clock.wall();
        return row;
    }
    model::client_session stored_session(const model::client_session& row) {
        std::optional<model::client_session> found;
        database.run([&](pqxx::connection& live) {
            found = storage::find_session(live, row.project, row.id);
        });
        REQUIRE(found);
        return *found;
    }

    // First: where it leaves an account behind, files are to be the new account's.
    database_fixture database;
    actor_fixture loop;
    temporary_directory directory;
    actors::runtime runtime{options(), loop.clock,
                            crypto::secret_box::open({directory.file("key")}).value()};
    caf::actor supervisor;

private:
    [[nodiscard]] actors::runtime_options options() const {
        actors::runtime_options made;
        made.database = database.options();
        made.spool.directory = directory.file("spool");
        made.data_dir = directory.path();
        return made;
    }
};

} // namespace

TEST_CASE_METHOD(supervisor_fixture, "the actors that matter survive a fault of theirs",
                 "[actors][supervisor]") {
    REQUIRE(start());
    CHECK(survives<actors::metrics_text>(runtime.metrics, actors::render_metrics{}));
    CHECK(survives<actors::status_reports>(runtime.refresh,
                                           actors::refresh_project{project_id::random()}));
    CHECK(survives<actors::reply<actors::schedule_report>>(runtime.scheduler,
                                                           actors::report_schedule{}));
    CHECK(survives<actors::flushed>(runtime.clients->session_writer, actors::flush_log{}));
    CHECK(survives<actors::flushed>(runtime.servers->server_log_writer, actors::flush_log{}));
    CHECK(survives<actors::reply<actors::registry_opened>>(runtime.registry_writer,
                                                           actors::open_registry{}));
    CHECK(runtime.state() == readiness::ready);
}

TEST_CASE_METHOD(supervisor_fixture, "what a killed instance left open has ended at the start",
                 "[actors][supervisor]") {
    auto row = open_session(instance_id::random());
    database.run([&](pqxx::connection& live) { storage::save_sessions(live, {row}); });
    REQUIRE(start());
    const auto stored = stored_session(row);
    REQUIRE(stored.disconnected_at);
    CHECK(*stored.disconnected_at == row.last_activity);
}

TEST_CASE_METHOD(supervisor_fixture, "a session that outlives its writer is ended by the next one",
                 "[actors][supervisor]") {
    REQUIRE(start());
    const auto& writer = runtime.clients->session_writer;
    auto row = open_session(runtime.instance);
    loop.tell(writer, actors::session_opened{row});
    REQUIRE(asked<actors::flushed>(writer, actors::flush_log{}).has_value());
    CHECK_FALSE(stored_session(row).disconnected_at);
    REQUIRE(survives<actors::flushed>(writer, actors::flush_log{}));
    loop.tell(writer, actors::session_closed{row.id, row.last_activity});
    REQUIRE(asked<actors::flushed>(writer, actors::flush_log{}).has_value());
    CHECK(stored_session(row).disconnected_at);
}

TEST_CASE_METHOD(supervisor_fixture, "an actor that fails for ever is a failure of the whole",
                 "[actors][supervisor]") {
    REQUIRE(start());
    for (int death = 0; death < 6; ++death) {
        CHECK(runtime.state() == readiness::ready);
        caf::anon_send_exit(runtime.metrics, caf::exit_reason::unhandled_exception);
        loop.settle();
        loop.clock.advance(std::chrono::seconds(5));
        loop.tell(supervisor, actors::tick{});
        loop.settle();
    }
    CHECK(runtime.state() == readiness::failed);
    CHECK_THAT(runtime.condition(), Catch::Matchers::Contains("'metrics'"));
}

TEST_CASE_METHOD(supervisor_fixture, "old records are forgotten at the start, and again every hour",
                 "[actors][supervisor]") {
    const auto insert_line = [&] {
        database.run([&](pqxx::connection& live) {
            storage::insert_server_log(
                live, {{uuid_sequence().next(loop.clock.wall()), project_id::random(),
                        server_id::random(), model::log_level::info, model::log_category::output,
                        "said"}});
        });
        loop.clock.advance(std::chrono::days(366));
    };
    const auto are_gone = [&] {
        return loop.run_until(
            [&] { return database.value("SELECT count(*) FROM server_log") == "0"; });
    };
    const auto sweep = [&] {
        for (int i = 0; i < 50; ++i) {
            loop.tell(supervisor, actors::tick{});
        }
        loop.settle();
    };
    insert_line();
    REQUIRE(start());
    CHECK(are_gone());
    sweep();
    insert_line();
    sweep();
    CHECK(are_gone());
}

TEST_CASE_METHOD(supervisor_fixture, "a private PostgreSQL that ran is never given up",
                 "[actors][supervisor]") {
    REQUIRE(start());
    loop.tell(supervisor, actors::database_unusable{"no space left"});
    loop.settle();
    CHECK(runtime.state() == readiness::ready);
    CHECK_THAT(runtime.condition(), Catch::Matchers::Contains("no space left"));
    loop.tell(supervisor, actors::database_started{database.options().connection});
    loop.settle();
    CHECK(runtime.condition() == actors::ready_text);
    shut_down();
    CHECK(runtime.state() == readiness::stopping);
}
