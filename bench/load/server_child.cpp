#include "bench/load/server_child.hpp"

#include <fstream>
#include <stdexcept>

namespace orch::bench {

namespace {

std::string proc(pid_t process, const char* file) {
    return "/proc/" + std::to_string(process) + "/" + file;
}

/// 0 when there is none.
pid_t parent_of(pid_t process) {
    std::ifstream status(proc(process, "status"));
    for (std::string word; status >> word;) {
        pid_t parent = 0;
        if (word == "PPid:" && status >> parent) {
            return parent;
        }
    }
    return 0;
}

} // namespace

bool descends_from(pid_t process, pid_t ancestor) {
    for (auto parent = parent_of(process); parent != 0; parent = parent_of(parent)) {
        if (parent == ancestor) {
            return true;
        }
    }
    return false;
}

std::vector<std::string> command_of(pid_t process) {
    std::ifstream in(proc(process, "cmdline"));
    std::vector<std::string> command;
    for (std::string word; std::getline(in, word, '\0');) {
        command.push_back(word);
    }
    if (command.empty()) {
        throw std::runtime_error("there is no process " + std::to_string(process));
    }
    return command;
}

} // namespace orch::bench
