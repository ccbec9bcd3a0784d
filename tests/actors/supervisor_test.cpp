#include "actors/supervisor.hpp"

#include "actors/bridge/ask.hpp"
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
    CHECK(survives<actors::flushed>(runtime.clients->session_writer, actors::flush_log{}));
    CHECK(survives<actors::flushed>(runtime.servers->server_log_writer, actors::flush_log{}));
    CHECK(survives<actors::reply<actors::registry_opened>>(runtime.registry_writer,
                                                           actors::open_registry{}));
    CHECK(runtime.state() == readiness::ready);
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
