// embed DIST OUT: packs the files of the built dashboard and writes OUT/files.cpp and OUT/files.S,
// which make them part of the program.

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const types = {
    '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
    '.css': 'text/css; charset=utf-8', '.json': 'application/json', '.svg': 'image/svg+xml',
    '.png': 'image/png', '.ico': 'image/x-icon', '.woff2': 'font/woff2',
    '.webmanifest': 'application/manifest+json', '.txt': 'text/plain; charset=utf-8',
};
/** Of a file, what a packed form must spare to be worth its place. */
const worthwhile = 0.9;

const [dist, out] = process.argv.slice(2);
rmSync(join(out, 'packed'), { recursive: true, force: true });
mkdirSync(join(out, 'packed'), { recursive: true });

const brotli = (content) => brotliCompressSync(content, { params: {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
const gzip = (content) => gzipSync(content, { level: constants.Z_BEST_COMPRESSION });

const assembly = ['    .section .rodata'];
let blobs = 0;

/** The name of the symbol that `content` stands under, and its size. */
function blob(content) {
    const name = `orch_web_${blobs++}`;
    writeFileSync(join(out, 'packed', name), content);
    assembly.push(`    .global ${name}`, '    .balign 8', `${name}:`,
        `    .incbin "${join(out, 'packed', name)}"`);
    return { name, size: content.length };
}

function packed(content, pack) {
    const smaller = pack(content);
    return smaller.length < worthwhile * content.length ? blob(smaller) : undefined;
}

function embed(path) {
    const type = types[extname(path)];
    if (type === undefined) {
        throw new Error(`${path}: files of this kind have no content type in web/embed.mjs`);
    }
    const content = readFileSync(path);
    const etag = createHash('sha256').update(content).digest('hex').slice(0, 32);
    const url = `/${relative(dist, path).split(sep).join('/')}`;
    return { url, type, etag, plain: blob(content), gzip: packed(content, gzip),
        brotli: packed(content, brotli), hashed: url.startsWith('/assets/') };
}

const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => embed(join(entry.parentPath, entry.name)))
    .sort((one, other) => (one.url < other.url ? -1 : 1));

const symbols = [...Array(blobs).keys()].map((i) => `extern "C" const char orch_web_${i}[];`);
const view = (one) => (one === undefined ? '{}' : `{${one.name}, ${one.size}}`);
const rows = files.map((one) => `        {"${one.url}", "${one.type}", "\\"${one.etag}\\"", `
    + `${view(one.plain)}, ${view(one.gzip)}, ${view(one.brotli)}, ${one.hashed}},`);
writeFileSync(join(out, 'files.cpp'), `#include "web/files.hpp"

${symbols.join('\n')}

namespace orch::web {

std::span<const file> files() noexcept {
    static const file all[] = {
${rows.join('\n')}
    };
    return all;
}

} // namespace orch::web
`);
assembly.push('    .section .note.GNU-stack,"",@progbits', '');
writeFileSync(join(out, 'files.S'), assembly.join('\n'));
