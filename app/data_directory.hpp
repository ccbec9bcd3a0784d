#pragma once

#include "core/error.hpp"

#include <string>

namespace orch::app {

/// The one directory that the orchestrator owns: its lock, tokens and sockets live here, all of
/// it 0700. Held from start to end; the lock goes with the process, however that ends.
class data_directory {
public:
    /// Makes the directory and takes its lock. `conflict` names the process that holds it.
    [[nodiscard]] static result<data_directory> open(const std::string& path);
    data_directory(data_directory&& other) noexcept;
    data_directory& operator=(data_directory&&) = delete;
    ~data_directory();

    [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

    /// The text of a 0600 file; `make` gives it when there is none. The file is whole or absent.
    template <class Make>
    [[nodiscard]] result<std::string> secret_file(const std::string& name, Make make) const {
        auto text = read(name);
        return text || text.error().code != errc::not_found ? text : write(name, make());
    }
    /// `not_found` when there is no such file; refuses one that others may read.
    [[nodiscard]] result<std::string> read(const std::string& name) const;
    /// Returns the text.
    [[nodiscard]] result<std::string> write(const std::string& name, std::string text) const;

private:
    data_directory(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}

    std::string path_;
    int lock_;
};

} // namespace orch::app
