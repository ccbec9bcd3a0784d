// Preloaded: every TCP listener of the process is on the loopback interface, whatever it asks for.

const net = require('node:net');

const listen = net.Server.prototype._listen2;
net.Server.prototype._listen2 = function onLoopback(address, port, family, ...rest) {
    const isTcp = typeof port === 'number' && port >= 0;
    return listen.call(this, isTcp ? '127.0.0.1' : address, port, isTcp ? 4 : family, ...rest);
};
