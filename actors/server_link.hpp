#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace orch::actors {

/// The way to one running server: a child process, or a remote one. Lives on the unit of its actor;
/// destroying it ends the server's part without another callback.
class server_link {
public:
    virtual ~server_link() = default;

    /// False when the server does not take it: nothing of it was sent.
    [[nodiscard]] virtual bool write_line(std::string line) = 0;
    /// Asks it to end after what was written.
    virtual void close() = 0;
    /// The same for one that took no notice.
    virtual void terminate() = 0;
    /// Ends it now.
    virtual void kill() = 0;
    /// 0 for a server that is no process of this machine.
    [[nodiscard]] virtual int pid() const noexcept = 0;
};

} // namespace orch::actors
