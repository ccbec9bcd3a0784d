#include "actors/metrics_actor.hpp"

#include "tests/support/actor_fixture.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/registry_of.hpp"

#include <fmt/format.h>

#include <random>
#include <sstream>

using namespace orch;
using namespace orch::test;
using Catch::Matchers::Contains;

namespace {

struct measured : actor_fixture {
    measured() {
        home.id = project_id::random();
        home.name = "home";
        registry.store(std::make_shared<const model::registry>(registry_of({home})));
        metrics = spawn<actors::metrics_actor>(std::ref(unit()), std::cref(registry),
                                               [](actors::exposition& out) {
                                                   out.family("mine", "gauge", "One of ours.");
                                                   out.sample("mine", {}, 42);
                                               });
    }

    ~measured() { end_actors(); }

    void count(std::vector<actors::call_outcome_entry> calls) {
        tell(metrics,
             actors::calls_finished{std::make_shared<const std::vector<actors::call_outcome_entry>>(
                 std::move(calls))});
    }
    std::string render() {
        ask(asker, metrics, actors::render_metrics{});
        settle();
        REQUIRE_FALSE(box.of<actors::metrics_text>().empty());
        return box.of<actors::metrics_text>().back().text;
    }
    /// Sum of the samples whose line starts with `name` and holds `label`.
    static double sum(const std::string& text, const std::string& name, const std::string& label) {
        std::istringstream lines(text);
        double total = 0;
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with(name + "{") && line.find(label) != std::string::npos) {
                total += std::stod(line.substr(line.rfind(' ')));
            }
        }
        return total;
    }

    static std::size_t samples(const std::string& text, const std::string& name) {
        std::istringstream lines(text);
        std::size_t count = 0;
        for (std::string line; std::getline(lines, line);) {
            count += line.starts_with(name + "{") ? 1 : 0;
        }
        return count;
    }

    model::project home;
    actors::registry_source registry;
    caf::actor metrics;
    inbox box;
    caf::actor asker = probe(box);
};

} // namespace

TEST_CASE_METHOD(measured, "totals equal the sum of what happened", "[actors][metrics]") {
    std::mt19937 random(7);
    std::array<double, 4> by_status{};
    std::array<double, 9> by_error{};
    double seconds = 0;
    for (int turn = 0; turn < 100; ++turn) {
        std::vector<actors::call_outcome_entry> calls(random() % 20);
        for (auto& call : calls) {
            call.project = home.id;
            call.server = fmt::format("server{}", random() % 3);
            call.tool = fmt::format("tool{}", random() % 5);
            call.status = static_cast<model::call_status>(random() % 4);
            call.failure = call.status == model::call_status::error
                               ? static_cast<model::error_class>(1 + random() % 8)
                               : model::error_class::none;
            call.duration = std::chrono::microseconds(random() % 2'000'000);
            ++by_status[static_cast<std::size_t>(call.status)];
            ++by_error[static_cast<std::size_t>(call.failure)];
            seconds += std::chrono::duration<double>(call.duration).count();
        }
        count(std::move(calls));
    }
    const auto text = render();
    double all = 0;
    for (std::size_t i = 0; i < by_status.size(); ++i) {
        const auto name = model::to_string(static_cast<model::call_status>(i));
        CHECK(sum(text, "mcp_orch_tool_calls_total", fmt::format("status=\"{}\"", name)) ==
              by_status[i]);
        all += by_status[i];
    }
    for (std::size_t i = 1; i < by_error.size(); ++i) {
        const auto name = model::to_string(static_cast<model::error_class>(i));
        CHECK(sum(text, "mcp_orch_tool_call_errors_total",
                  fmt::format("error_code=\"{}\"", name)) == by_error[i]);
    }
    CHECK(all > 500);
    CHECK(sum(text, "mcp_orch_tool_call_duration_seconds_count", "") == all);
    CHECK(sum(text, "mcp_orch_tool_call_duration_seconds_bucket", "+Inf") == all);
    CHECK(sum(text, "mcp_orch_tool_call_duration_seconds_sum", "") == Approx(seconds));
    CHECK(sum(text, "mcp_orch_tool_calls_total", "project=\"home\"") == all);
    CHECK_THAT(text, Contains("# TYPE mine gauge\nmine 42\n"));
}

TEST_CASE_METHOD(measured, "names of tools are bounded, calls are counted all the same",
                 "[actors][metrics]") {
    std::vector<actors::call_outcome_entry> calls;
    for (int i = 0; i < 6'000; ++i) {
        actors::call_outcome_entry call;
        call.project = home.id;
        call.server = "s";
        call.tool = fmt::format("made up {}", i);
        calls.push_back(call);
    }
    count(std::move(calls));
    const auto text = render();
    CHECK(sum(text, "mcp_orch_tool_calls_total", "status=\"success\"") == 6'000);
    CHECK(sum(text, "mcp_orch_tool_calls_total", "tool=\"(other)\"") == 1'000);
}

TEST_CASE_METHOD(measured, "names of servers are bounded too", "[actors][metrics]") {
    std::vector<actors::call_outcome_entry> calls;
    for (int i = 0; i < 8'000; ++i) {
        actors::call_outcome_entry call;
        call.project = home.id;
        call.server = fmt::format("server {}", i);
        call.tool = "t";
        calls.push_back(call);
    }
    count(calls);
    count(std::move(calls));
    const auto text = render();
    CHECK(sum(text, "mcp_orch_tool_calls_total", "status=\"success\"") == 16'000);
    CHECK(sum(text, "mcp_orch_tool_calls_total", "tool=\"t\"") == 10'000);
    CHECK(sum(text, "mcp_orch_tool_calls_total", "tool=\"(other)\"") == 6'000);
    CHECK(sum(text, "mcp_orch_tool_calls_total", "project=\"(other)\",server=\"(other)\"") ==
          4'000);
    CHECK(samples(text, "mcp_orch_tool_call_duration_seconds_count") == 6'001);
}

TEST_CASE_METHOD(measured, "a project that is gone is shown by its id", "[actors][metrics]") {
    actors::call_outcome_entry call;
    call.project = project_id::random();
    count({call});
    CHECK_THAT(render(), Contains("project=\"" + call.project.to_string() + "\""));
}
