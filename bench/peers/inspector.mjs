// Loaded before the inspector's proxy, which takes its token in a header of its own: clients send
// the usual one.
import { Server } from "node:http";

const emit = Server.prototype.emit;

Server.prototype.emit = function (event, ...rest) {
    if (event === "request") {
        const { headers } = rest[0];
        headers["x-mcp-proxy-auth"] = headers.authorization;
    }
    return emit.call(this, event, ...rest);
};
