// Remote servers over TLS: only a certificate that the system trusts, for the host that was named.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect } from './support/client.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { RemoteFixture } from './support/remote_fixture.mjs';

const workspace = new Workspace();

let orchestrator;
let key;
const webs = {};

const openssl = (...args) => execFileSync('openssl', args, { cwd: workspace.path, stdio: 'pipe' });

function makeAuthority(name) {
    openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
        '-keyout', `${name}.key`, '-out', `${name}.crt`, '-days', '2', '-subj', `/CN=${name}`);
}

/** Key and certificate of a server, signed by `authority` for `names`. */
function issue(authority, file, names, days = '2') {
    workspace.file(`${file}.ext`, `subjectAltName=${names}\n`);
    openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
        '-keyout', `${file}.key`, '-out', `${file}.csr`, '-subj', `/CN=${file}`);
    openssl('x509', '-req', '-in', `${file}.csr`, '-CA', `${authority}.crt`, '-CAkey',
        `${authority}.key`, '-CAcreateserial', '-out', `${file}.crt`, '-days', days,
        '-extfile', `${file}.ext`);
    const read = (ending) => readFileSync(join(workspace.path, `${file}.${ending}`));
    return { key: read('key'), cert: read('crt') };
}

before(async () => {
    makeAuthority('trusted');
    makeAuthority('stranger');
    webs.good = await RemoteFixture.start(issue('trusted', 'good', 'IP:127.0.0.1,DNS:localhost'));
    webs.name = await RemoteFixture.start(issue('trusted', 'name', 'DNS:mcp.example'));
    webs.other = await RemoteFixture.start(issue('stranger', 'other', 'IP:127.0.0.1'));
    webs.plain = await RemoteFixture.start();
    const at = (url) => ({ type: 'streamable-http', url, headers: { Authorization: 'Bearer tls' } });
    orchestrator = await Orchestrator.start(workspace, {
        servers: {
            good: at(webs.good.url),
            named: at(webs.good.url.replace('127.0.0.1', 'localhost')),
            name: at(webs.name.url),
            other: at(webs.other.url),
            plain: at(webs.plain.url.replace('http:', 'https:')),
        },
        env: { SSL_CERT_FILE: join(workspace.path, 'trusted.crt') },
    });
    key = await orchestrator.createKey('tls');
});

after(async () => {
    await orchestrator?.dispose();
    await Promise.all(Object.values(webs).map((web) => web.close()));
});

for (const server of ['good', 'named']) {
    test(`a certificate of a trusted authority is accepted (${server})`, async () => {
        const session = await connect(orchestrator, 'server_http', { server, key });
        assert.deepEqual(await session.json('echo', { a: 1 }), { a: 1 });
        assert.equal(await session.text('resume'), 'resumed');
        await session.close();
    });
}

const refused = {
    name: /certificate is not accepted: IP address mismatch/,
    other: /certificate is not accepted: .*issuer certificate/,
    plain: /TLS handshake failed/,
};
for (const [server, told] of Object.entries(refused)) {
    test(`what is not trusted gets no request (${server})`, async () => {
        const { json } = await orchestrator.api(
            `/api/projects/default/servers/${server}/refresh-status`, { method: 'POST' });
        assert.equal(json.status, 'error');
        assert.match(json.error, told);
        assert.deepEqual(webs[server].requests, []);
    });
}
