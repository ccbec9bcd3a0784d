#include "actors/actor_watch.hpp"

#include "actors/bridge/ask.hpp"
#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"

using namespace orch;
using namespace orch::test;
using Catch::Matchers::Contains;

namespace {

/// Answers with the number of its life; `tick` is its end.
class mortal final : public actors::bridge::pinned_actor {
public:
    mortal(caf::actor_config& config, actors::bridge::io_unit& home, int life)
        : pinned_actor(config, home), life_(life) {}

    caf::behavior make_behavior() override {
        return caf::behavior{
            [this](actors::render_metrics) { return actors::metrics_text{std::to_string(life_)}; },
            [this](actors::tick) { quit(caf::exit_reason::unhandled_exception); },
        };
    }

private:
    const int life_;
};

struct watch_log {
    caf::actor address;
    int lives = 0;
    std::vector<std::string> given_up;
};

/// In the place of the supervisor.
class watch_owner final : public actors::bridge::pinned_actor {
public:
    watch_owner(caf::actor_config& config, actors::bridge::io_unit& home, watch_log& log)
        : pinned_actor(config, home), log_(log) {
        set_down_handler([this](const caf::down_msg& down) { watch_.replace(down); });
    }

    caf::behavior make_behavior() override {
        log_.address = watch_.add(
            "mortal", [this] { return spawn<mortal>(std::ref(this->home()), ++log_.lives); });
        return caf::behavior{
            [this](actors::tick) { watch_.tick(); },
            [this](actors::shut_down) { watch_.stop(); },
        };
    }

    void on_exit() override {
        send_exit(log_.address, caf::exit_reason::user_shutdown);
        watch_.clear();
    }

private:
    watch_log& log_;
    actors::actor_watch watch_{*this, [this](const std::string& why) {
                                   log_.given_up.push_back(why);
                               }};
};

struct watching : actor_fixture {
    watching() { settle(); }
    ~watching() { end_actors(); }

    void kill() {
        tell(log.address, actors::tick{});
        settle();
    }
    void pass(std::chrono::milliseconds time) {
        clock.advance(time);
        tell(owner, actors::tick{});
        settle();
    }
    /// What the actor behind the address says, or why it says nothing.
    template <class Reply = actors::metrics_text, class Question = actors::render_metrics>
    result<Reply> asked(Question question = {}) {
        std::optional<result<Reply>> heard;
        actors::bridge::ask<Reply>(system, unit(), log.address, question, std::chrono::seconds(5),
                                   [&](result<Reply> answer) { heard = std::move(answer); });
        REQUIRE(run_until([&] { return heard.has_value(); }));
        return *heard;
    }
    std::string life() {
        const auto said = asked();
        return said ? said->text : said.error().detail;
    }

    watch_log log;
    caf::actor owner = spawn<watch_owner>(std::ref(unit()), std::ref(log));
};

} // namespace

TEST_CASE_METHOD(watching, "a watched actor that dies is replaced behind its address",
                 "[actors][watch]") {
    CHECK(life() == "1");
    kill();
    CHECK(life() == "2");
    kill();
    // From the second death on there is a pause.
    CHECK_THAT(life(), Contains("is down"));
    pass(std::chrono::milliseconds(200));
    CHECK(life() == "3");
    CHECK(log.given_up.empty());
}

TEST_CASE_METHOD(watching, "a watched actor that dies too often is given up", "[actors][watch]") {
    for (int death = 1; death <= 6; ++death) {
        CHECK(log.given_up.empty());
        kill();
        pass(std::chrono::seconds(5));
    }
    REQUIRE(log.given_up.size() == 1);
    CHECK_THAT(log.given_up[0], Contains("'mortal'"));
    pass(std::chrono::minutes(5));
    CHECK(log.lives == 6);
}

TEST_CASE_METHOD(watching, "nobody is spawned anew while everything ends", "[actors][watch]") {
    tell(owner, actors::shut_down{});
    settle();
    kill();
    pass(std::chrono::seconds(5));
    CHECK(log.lives == 1);
    CHECK(log.given_up.empty());
}

TEST_CASE_METHOD(watching, "a question without an answer says why", "[actors][ask]") {
    SECTION("the actor is down") {
        tell(owner, actors::shut_down{});
        settle();
        kill();
        CHECK(asked().error().code == errc::unavailable);
    }
    SECTION("the actor does not know the question") {
        CHECK(asked<actors::flushed>(actors::flush_log{}).error().code == errc::internal);
    }
    SECTION("the actor answers something else") {
        CHECK(asked<actors::flushed>(actors::render_metrics{}).error().code == errc::internal);
    }
    SECTION("nothing is wrong") { CHECK(asked().has_value()); }
}
