#include "bench/logs/plan_reader.hpp"

#include <pqxx/nontransaction>

#include <exception>
#include <utility>

namespace orch::bench {

namespace {

/// The word behind `mark`; empty when the mark is not there.
std::string_view word_after(std::string_view line, std::string_view mark) {
    const auto at = line.find(mark);
    if (at == std::string_view::npos) {
        return {};
    }
    const auto rest = line.substr(at + mark.size());
    return rest.substr(0, rest.find_first_of(" \r\n"));
}

} // namespace

plan_reader::plan_reader(pqxx::connection& connection) : pqxx::errorhandler(connection) {
    pqxx::nontransaction work{connection};
    work.exec("LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0;"
              " SET auto_explain.log_level = notice");
}

bool plan_reader::operator()(const char* message) noexcept {
    try {
        std::string_view rest = message;
        while (!rest.empty()) {
            const auto end = rest.find('\n');
            read_line(rest.substr(0, end));
            rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        }
    } catch (const std::exception&) {
        scanned_.clear();
    }
    return false;
}

void plan_reader::read_line(std::string_view line) {
    for (const std::string_view mark : {" using ", "Bitmap Index Scan on "}) {
        if (const auto name = word_after(line, mark); name.starts_with("call_log")) {
            scanned_.emplace(name);
        }
    }
    if (const auto table = word_after(line, "Seq Scan on "); table.starts_with("call_log")) {
        scanned_.insert("(rows of " + std::string(table) + ")");
    }
}

std::set<std::string> plan_reader::take() { return std::exchange(scanned_, {}); }

} // namespace orch::bench
