// An MCP server over stdio that does what its mode and the names of its tools say. Reads only what
// the orchestrator writes, so it looks for members by their text.

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

#include <unistd.h>

namespace {

std::string between(std::string_view text, std::string_view start, std::string_view ends) {
    const auto found = text.find(start);
    if (found == std::string_view::npos) {
        return {};
    }
    const auto from = found + start.size();
    return std::string(text.substr(from, text.find_first_of(ends, from) - from));
}

void say(const std::string& line) { std::cout << line << std::endl; }

[[noreturn]] void wait_for_ever() {
    while (true) {
        ::pause();
    }
}

class scripted_server {
public:
    explicit scripted_server(std::string mode) : mode_(std::move(mode)) {
        if (const char* file = std::getenv("TRANSCRIPT")) {
            transcript_.open(file, std::ios::app);
        }
    }

    void run() {
        if (mode_ == "exits") {
            std::cerr << "cannot find my configuration" << std::endl;
            std::exit(3);
        }
        if (mode_ == "stubborn") {
            std::signal(SIGTERM, SIG_IGN);
        }
        for (std::string line; std::getline(std::cin, line);) {
            transcript_ << line << std::endl;
            answer(line);
        }
        if (mode_ == "stubborn" || mode_ == "deaf") {
            wait_for_ever();
        }
    }

private:
    void result(const std::string& id, const std::string& value) {
        say(R"({"jsonrpc":"2.0","id":)" + id + R"(,"result":)" + value + "}");
    }

    void answer(const std::string& line) {
        const auto method = between(line, R"("method":")", "\"");
        const auto id = between(line, R"("id":)", ",}");
        if (method == "initialize" && mode_ != "mute") {
            const std::string version = mode_ == "futuristic" ? "2999-01-01" : "2025-06-18";
            result(id, R"({"protocolVersion":")" + version +
                           R"(","capabilities":{"tools":{"listChanged":true}},)"
                           R"("serverInfo":{"name":"scripted","version":"1"}})");
        } else if (method == "tools/list") {
            list(line, id);
        } else if (method == "tools/call") {
            call(line, id);
        } else if (method == "notifications/cancelled" && !held_.empty()) {
            result(held_, R"({"content":[{"type":"text","text":"too late"}]})");
            held_.clear();
        } else if (method == "ping") {
            result(id, "{}");
        }
    }

    void list(const std::string& line, const std::string& id) {
        if (mode_ == "listless") {
            say(R"({"jsonrpc":"2.0","id":)" + id +
                R"(,"error":{"code":-32000,"message":"no list today"}})");
            return;
        }
        const bool news = mode_ == "restless" && !changed_;
        if (news) {
            say(R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})");
        }
        const bool first = line.find("\"cursor\"") == std::string::npos;
        std::string tools;
        if (mode_ != "paged" || first) {
            tools = R"({"name":"echo","inputSchema":{}})";
        }
        if (mode_ != "paged" || !first) {
            for (const auto* name : {"die", "leave", "hang", "late", "fail", "refuse", "noise",
                                     "progress", "change", "ask", "with space"}) {
                tools += (tools.empty() ? "" : ",") + (R"({"name":")" + std::string(name)) +
                         R"(","inputSchema":{}})";
            }
        }
        if (changed_) {
            tools += R"(,{"name":"new","inputSchema":{}})";
        }
        if (mode_ == "growing") {
            grown_ += R"(,{"name":"new)" + std::to_string(grown_.size()) + R"(","inputSchema":{}})";
            tools += grown_;
        }
        const bool more = mode_ == "paged" && first;
        result(id, R"({"tools":[)" + tools + (more ? R"(],"nextCursor":"rest"})" : "]}"));
        changed_ = changed_ || news;
        if (mode_ == "unread") {
            wait_for_ever();
        }
    }

    void call(const std::string& line, const std::string& id) {
        const auto tool = between(line, R"("name":")", "\"");
        for (int i = 0; i < 500 && mode_ == "stray"; ++i) {
            say(R"({"jsonrpc":"2.0","id":"stray","result":{}})");
        }
        if (tool == "die") {
            ::raise(SIGKILL);
        } else if (tool == "leave") {
            std::exit(4);
        } else if (tool == "hang") {
            return;
        } else if (tool == "late") {
            held_ = id;
            return;
        } else if (tool == "fail") {
            result(id, R"({"content":[],"isError":true})");
            return;
        } else if (tool == "refuse") {
            say(R"({"jsonrpc":"2.0","id":)" + id + R"(,"error":{"code":-32602,"message":"no"}})");
            return;
        } else if (tool == "noise") {
            say("Loading model...\n\n{\"half\":\n[1,2]\n{\"jsonrpc\":\"2.0\",\"id\":99999,"
                "\"result\":{}}");
        } else if (tool == "progress") {
            say(R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":)" +
                between(line, R"("progressToken":)", ",}") + R"(,"progress":1}})");
        } else if (tool == "change") {
            changed_ = true;
            say(R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})");
        } else if (tool == "ask") {
            say(R"({"jsonrpc":"2.0","id":"p1","method":"ping"})");
            say(R"({"jsonrpc":"2.0","id":"r1","method":"roots/list"})");
        }
        result(id, R"({"content":[{"type":"text","text":")" + tool + R"("}]})");
    }

    const std::string mode_;
    std::ofstream transcript_;
    std::string held_;
    /// Tools that the server has more with each listing.
    std::string grown_;
    bool changed_ = false;
};

} // namespace

int main(int count, char** arguments) {
    scripted_server(count > 1 ? arguments[1] : "normal").run();
}
