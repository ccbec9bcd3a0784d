#include "net/server_unit.hpp"

#include "tests/support/catch.hpp"

#include <boost/asio/io_context.hpp>

using namespace orch::net;
using namespace std::chrono_literals;

namespace {

/// Counts its turns; adds another member in the first one, as a request does that becomes a stream.
class counting_member final : public unit_member {
public:
    void on_tick(unit_tick&) override {
        ++turns;
        if (unit != nullptr && turns == 1) {
            unit->add(*other);
        }
    }
    void on_stop() override {}

    server_unit* unit = nullptr;
    unit_member* other = nullptr;
    int turns = 0;
};

} // namespace

TEST_CASE("a member that a tick adds does not make the unit tick for ever", "[net][unit]") {
    boost::asio::io_context context;
    auto core = std::make_shared<server_core>();
    // A quarter of it is the interval.
    core->options.keep_alive_interval = 40ms;
    const auto unit = std::make_shared<server_unit>(context, 0, core);
    counting_member first;
    counting_member second;
    first.unit = unit.get();
    first.other = &second;
    const auto begun = std::chrono::steady_clock::now();
    unit->add(first);
    while (first.turns < 5) {
        REQUIRE(context.run_one() == 1);
    }
    CHECK(std::chrono::steady_clock::now() - begun >= 5 * 10ms);
    CHECK(second.turns == 4);
}
