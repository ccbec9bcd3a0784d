#include "actors/postgres_actor.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_directory.hpp"

#include <filesystem>
#include <fstream>

using namespace orch;
using namespace orch::test;
namespace fs = std::filesystem;

namespace {

struct heard {
    std::size_t started = 0;
    std::size_t lost = 0;
    std::size_t unusable = 0;
};

/// In the place of the supervisor.
class postgres_listener final : public actors::bridge::pinned_actor {
public:
    postgres_listener(caf::actor_config& config, actors::bridge::io_unit& home, heard& into)
        : pinned_actor(config, home), heard_(into) {}

    caf::behavior make_behavior() override {
        return caf::behavior{
            [this](const actors::database_started&) { ++heard_.started; },
            [this](const actors::database_lost&) { ++heard_.lost; },
            [this](const actors::database_unusable&) { ++heard_.unusable; },
        };
    }

private:
    heard& heard_;
};

/// A PostgreSQL that is a script: it says that it is ready, and ends when its input is taken away.
class postgres_fixture : public actor_fixture {
public:
    postgres_fixture() {
        fs::create_directories(programs() + "/15/bin");
        program("initdb", "exit 0");
        program("postgres", "echo 'database system is ready to accept connections' >&2\n"
                            "while [ -e '" +
                                flag() + "' ]; do sleep 0.01; done\nexit 1");
        fs::create_directories(directory.file("data/postgres/data"));
        write(directory.file("data/postgres/data/PG_VERSION"), "15");
        fs::permissions(directory.file("data/postgres"), fs::perms::owner_all);
        write(flag(), "");
    }
    ~postgres_fixture() {
        fs::remove(flag());
        end_actors();
    }

    void start() {
        auto cluster = storage::private_cluster::locate(directory.file("data"), programs()).value();
        postgres = spawn<actors::postgres_actor>(std::ref(unit()), std::move(cluster),
                                                 ORCH_LAUNCHER, net::child_options{}, listener);
    }
    void pass(std::chrono::milliseconds time) {
        clock.advance(time);
        tell(postgres, actors::tick{});
    }
    /// Nothing can be made in a place that is a file.
    void obstruct() {
        fs::remove_all(directory.file("data/postgres/run"));
        write(directory.file("data/postgres/run"), "");
    }
    void clear_away() { fs::remove(directory.file("data/postgres/run")); }
    [[nodiscard]] std::string flag() const { return directory.file("run-on"); }
    static void write(const std::string& path, const std::string& text) {
        std::ofstream(path) << text;
    }

    temporary_directory directory;
    heard told;
    caf::actor listener = spawn<postgres_listener>(std::ref(unit()), std::ref(told));
    caf::actor postgres;

private:
    [[nodiscard]] std::string programs() const { return directory.file("programs"); }
    void program(const std::string& name, const std::string& script) const {
        const auto path = programs() + "/15/bin/" + name;
        write(path, "#!/bin/sh\n" + script + "\n");
        fs::permissions(path, fs::perms::owner_all);
    }
};

} // namespace

TEST_CASE_METHOD(postgres_fixture, "a private PostgreSQL that cannot be restarted is tried again",
                 "[actors][postgres]") {
    start();
    REQUIRE(run_until([&] { return told.started == 1; }));
    obstruct();
    fs::remove(flag());
    REQUIRE(run_until([&] { return told.unusable == 1; }));
    CHECK(told.lost == 1);
    // Far more often than a server may crash.
    for (std::size_t attempt = 2; attempt <= 12; ++attempt) {
        pass(std::chrono::minutes(2));
        REQUIRE(run_until([&] { return told.unusable == attempt; }));
    }
    clear_away();
    write(flag(), "");
    pass(std::chrono::minutes(2));
    CHECK(run_until([&] { return told.started == 2; }));
}

TEST_CASE_METHOD(postgres_fixture, "a private PostgreSQL that is to stop is not tried again",
                 "[actors][postgres]") {
    obstruct();
    start();
    REQUIRE(run_until([&] { return told.unusable == 1; }));
    inbox answers;
    ask(probe(answers), postgres, actors::stop_server{});
    REQUIRE(run_until([&] { return answers.of<actors::stopped>().size() == 1; }));
    clear_away();
    pass(std::chrono::minutes(2));
    settle();
    CHECK(told.started == 0);
    CHECK(told.unusable == 1);
}
