// An MCP server over stdio that does what its mode and the names of its tools say. Reads only what
// the orchestrator writes, so it looks for members by their text.

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

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
            std::ifstream earlier(file);
            another_life_ = earlier.peek() != std::ifstream::traits_type::eof();
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
        if (method == "initialize") {
            able_client_ = line.find("\"roots\"") != std::string::npos;
        }
        if (method == "notifications/initialized" && mode_ == "curious" && able_client_) {
            say(R"({"jsonrpc":"2.0","id":"r0","method":"roots/list"})");
        }
        if (method == "initialize" && mode_ != "mute") {
            const std::string version = mode_ == "futuristic" ? "2999-01-01"
                                        : mode_ == "tasks"    ? "2025-11-25"
                                                              : "2025-06-18";
            const std::string tasks =
                R"(,"tasks":{"list":{},"cancel":{},"requests":{"tools":{"call":{}}}})";
            result(id, R"({"protocolVersion":")" + version +
                           R"(","capabilities":{"tools":{"listChanged":true},"logging":{})" +
                           (mode_ == "tasks" ? tasks : "") +
                           (mode_ == "forgetful" && !another_life_ ? R"(,"prompts":{})" : "") +
                           (mode_ == "watched" ? R"(,"resources":{"subscribe":true})" : "") +
                           R"(},)"
                           R"("serverInfo":{"name":"scripted","version":"1"}})");
        } else if (method == "tools/list") {
            list(line, id);
        } else if (method == "prompts/list") {
            result(id, R"({"prompts":[{"name":"greet"}]})");
        } else if (method == "tools/call" && line.find(R"("task":)") != std::string::npos) {
            tasks_.push_back({"t" + std::to_string(tasks_.size() + 1), "working"});
            reporting_ = between(line, R"("progressToken":)", ",}");
            result(id, R"({"task":)" + told(tasks_.back()) + "}");
        } else if (method == "tools/call") {
            call(line, id);
        } else if (method.starts_with("resources/")) {
            answer_watch(method, line, id);
        } else if (method.starts_with("tasks/")) {
            answer_task(method, line, id);
        } else if (method == "notifications/cancelled" && !held_.empty()) {
            result(held_, R"({"content":[{"type":"text","text":"too late"}]})");
            held_.clear();
        } else if (method == "ping" && mode_ != "pingless") {
            if (!reporting_.empty()) {
                say(R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":)" +
                    reporting_ + R"(,"progress":1}})");
            }
            result(id, "{}");
        }
    }

    /// Watches of `never:` get no answer, nor do ends of those of `late:deaf`; `no:` is refused.
    void answer_watch(const std::string& method, const std::string& line, const std::string& id) {
        const auto uri = between(line, R"("uri":")", "\"");
        if (method == "resources/subscribe" && uri.starts_with("no:")) {
            say(R"({"jsonrpc":"2.0","id":)" + id + R"(,"error":{"code":-32002,"message":"no"}})");
        } else if (method == "resources/subscribe" && uri.starts_with("late:")) {
            held_ = id;
        } else if (!uri.starts_with("never:") && uri != "late:deaf") {
            result(id, method == "resources/list"             ? R"({"resources":[]})"
                       : method == "resources/templates/list" ? R"({"resourceTemplates":[]})"
                                                              : "{}");
        }
    }

    struct task {
        std::string id;
        std::string status;
    };

    static std::string told(const task& one) {
        return R"({"taskId":")" + one.id + R"(","status":")" + one.status + R"(","ttl":60000})";
    }

    /// "tasks/list" gives one on each page; `tasks/result` ends the task, and
    /// `tasks/wait` waits for ever.
    void answer_task(const std::string& method, const std::string& line, const std::string& id) {
        if (method == "tasks/list") {
            const auto cursor = between(line, R"("cursor":")", "\"");
            const auto place = cursor.empty() ? 0 : std::stoul(cursor);
            const auto next = place + 1 < tasks_.size()
                                  ? R"(,"nextCursor":")" + std::to_string(place + 1) + "\""
                                  : "";
            result(id, R"({"tasks":[)" + (tasks_.empty() ? "" : told(tasks_[place])) + "]" + next +
                           "}");
            return;
        }
        for (auto& one : tasks_) {
            if (one.id != between(line, R"("taskId":")", "\"") || method == "tasks/wait") {
                continue;
            }
            if (method == "tasks/get") {
                result(id, told(one));
            } else {
                one.status = method == "tasks/cancel" ? "cancelled" : "completed";
                say(R"({"jsonrpc":"2.0","method":"notifications/tasks/status","params":)" +
                    told(one) + "}");
                result(id, method == "tasks/cancel" ? told(one) : R"({"content":[]})");
            }
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
        if (mode_ == "careless") {
            tools += R"(,{"inputSchema":{}},"tool",{"name":"","inputSchema":{}})";
        }
        if (mode_ == "selective" && able_client_) {
            tools += R"(,{"name":"for_able_clients","inputSchema":{}})";
        }
        if (mode_ == "shy" && able_client_) {
            std::exit(5);
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
        if (mode_ == "no_output" && tool == "hang") {
            ::close(STDOUT_FILENO);
            wait_for_ever();
        }
        if (mode_ == "no_input" && tool == "echo") {
            result(id, R"({"content":[]})");
            ::close(STDIN_FILENO);
            wait_for_ever();
        }
        if (tool == "die") {
            ::raise(SIGKILL);
        } else if (tool == "leave") {
            std::exit(4);
        } else if (mode_ == "asking" && tool == "progress") {
            say(R"({"jsonrpc":"2.0","id":"q1","method":"elicitation/create","params":{}})");
            return;
        } else if (mode_ == "asking" && tool == "noise") {
            say(R"({"jsonrpc":"2.0","method":"notifications/cancelled",)"
                R"("params":{"requestId":"q1"}})");
        } else if (tool == "hang") {
            // Whoever wants progress gets some with every later ping.
            reporting_ += between(line, R"("progressToken":)", ",}");
            return;
        } else if (tool == "late") {
            held_ = id;
            return;
        } else if (tool == "fail") {
            result(id, R"({"content":[],"isError":true})");
            return;
        } else if (tool == "refuse" && mode_ == "telltale") {
            std::cerr << "refused, with " << std::getenv("TOKEN") << std::endl;
            say(R"({"jsonrpc":"2.0","id":)" + id +
                R"(,"error":{"code":-32603,"message":"not with )" + std::getenv("TOKEN") +
                R"("}})");
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
        if (tool == "progress" && mode_ == "talkative") {
            say(R"({"jsonrpc":"2.0","method":"notifications/message","params":{"level":"error",)"
                R"("data":"of the call"}})");
        }
    }

    const std::string mode_;
    std::ofstream transcript_;
    std::string held_;
    /// Progress token of a call that is never answered.
    std::string reporting_;
    /// Tools that the server has more with each listing.
    std::string grown_;
    bool changed_ = false;
    /// Another process has had the same transcript.
    bool another_life_ = false;
    /// The client said that it can be asked.
    bool able_client_ = false;
    std::vector<task> tasks_;
};

} // namespace

int main(int count, char** arguments) {
    scripted_server(count > 1 ? arguments[1] : "normal").run();
}
