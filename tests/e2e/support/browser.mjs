// A signed-in browser as far as the REST API is concerned: it keeps the cookie and says where its
// pages come from.

export class Browser {
    #orchestrator;
    #cookie;

    constructor(orchestrator) {
        this.#orchestrator = orchestrator;
    }

    get cookie() {
        return this.#cookie;
    }

    /** Another browser with the same cookie, for what is stolen or left open. */
    copy() {
        const other = new Browser(this.#orchestrator);
        other.#cookie = this.#cookie;
        return other;
    }

    async request(path, { method = 'GET', body, headers = {} } = {}) {
        const answer = await this.#orchestrator.api(path, { method, body, token: null, headers: {
            'sec-fetch-site': 'same-origin',
            ...(this.#cookie === undefined ? {} : { cookie: this.#cookie }),
            ...headers,
        } });
        for (const line of answer.headers.getSetCookie()) {
            this.#cookie = /max-age=0/i.test(line) ? undefined : line.split(';')[0];
        }
        return answer;
    }

    get = (path) => this.request(path);
    post = (path, body) => this.request(path, { method: 'POST', body });
    put = (path, body) => this.request(path, { method: 'PUT', body });
    delete = (path) => this.request(path, { method: 'DELETE' });

    logIn = (email, password) => this.post('/api/users/login', { email, password });
}
