#pragma once

#include "mcp/json_rpc.hpp"
#include "mcp/remote_client.hpp"

#include "tests/support/catch.hpp"

#include <map>
#include <string>
#include <vector>

namespace orch::test {

/// Stands where the bytes of a remote client are moved: keeps what it asks and tells.
struct remote_script : mcp::remote_port {
    struct asked {
        std::uint64_t number = 0;
        mcp::remote_request request;

        [[nodiscard]] std::string header(const std::string& name) const {
            for (const auto& [key, value] : request.headers) {
                if (key == name) {
                    return value;
                }
            }
            return "";
        }
        [[nodiscard]] std::string body() const { return request.body ? *request.body : ""; }
    };

    bool ask(std::uint64_t number, mcp::remote_request request) override {
        requests.push_back({number, std::move(request)});
        return true;
    }
    void cancel(std::uint64_t number) override { cancelled.push_back(number); }
    void release(std::uint64_t number) override { released.push_back(number); }
    std::string resolve(std::string_view reference) override {
        return reference.starts_with('/') ? std::string(reference) : "";
    }
    void message(std::string line, std::string_view request) override {
        lines.push_back(std::move(line));
        streams.emplace_back(request);
    }
    void lost(std::string_view request, std::string why) override {
        losses[std::string(request)] = std::move(why);
    }
    void renewed(std::string line) override { renewals.push_back(std::move(line)); }
    void note(std::string text) override { notes.push_back(std::move(text)); }
    void unsuited(std::string why) override { misfits.push_back(std::move(why)); }
    void ended(std::string why) override { ends.push_back(std::move(why)); }

    /// What was asked since the last time.
    [[nodiscard]] std::vector<asked> take() {
        std::vector<asked> out{requests.begin() + static_cast<std::ptrdiff_t>(seen),
                               requests.end()};
        seen = requests.size();
        return out;
    }
    /// The one request that was asked since the last time.
    [[nodiscard]] asked take_one() {
        const auto all = take();
        REQUIRE(all.size() == 1);
        return all[0];
    }

    std::vector<asked> requests;
    std::size_t seen = 0;
    std::vector<std::uint64_t> cancelled;
    std::vector<std::uint64_t> released;
    std::vector<std::string> lines;
    std::vector<std::string> streams;
    std::map<std::string, std::string> losses;
    std::vector<std::string> renewals;
    std::vector<std::string> notes;
    std::vector<std::string> misfits;
    std::vector<std::string> ends;
};

inline const std::string initialize =
    R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{}})";
inline const std::string initialized = R"({"jsonrpc":"2.0","method":"notifications/initialized"})";

inline std::string hello(const std::string& version = "2025-11-25") {
    return R"({"jsonrpc":"2.0","id":1,"result":{"protocolVersion":")" + version +
           R"(","capabilities":{"tools":{}},"serverInfo":{"name":"s","version":"1"}}})";
}
inline std::string call(const std::string& id) {
    return R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":"tools/call","params":{"name":"x"}})";
}
inline std::string answer_to(const std::string& id) {
    return R"({"jsonrpc":"2.0","id":)" + id + R"(,"result":{}})";
}
inline std::string cancellation_of(const std::string& id) {
    return R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":)" + id +
           "}}";
}

inline mcp::remote_head json(int status = 200, const std::string& session = "") {
    return {status, "", "application/json", session, ""};
}
inline mcp::remote_head events() { return {200, "", "text/event-stream", "", ""}; }
inline mcp::remote_event event(const std::string& data, const std::string& id = "") {
    mcp::remote_event out;
    out.data = data;
    if (!id.empty()) {
        out.id = id;
    }
    return out;
}

} // namespace orch::test
