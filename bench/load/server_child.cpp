#include "bench/load/server_child.hpp"

#include "bench/load/process_usage.hpp"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace orch::bench {

bool descends_from(pid_t process, pid_t ancestor) {
    const auto tree = tree_of(ancestor);
    return process != ancestor && std::find(tree.begin(), tree.end(), process) != tree.end();
}

std::vector<std::string> command_of(pid_t process) {
    std::ifstream in("/proc/" + std::to_string(process) + "/cmdline");
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
