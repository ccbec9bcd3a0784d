#include "api/identity/handlers.hpp"

namespace orch::api {

namespace {

constexpr std::string_view page = R"(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>mcp-orch: the first account</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 4rem auto; padding: 0 1rem }
  label { display: block; margin: 1rem 0 }
  input { display: block; width: 100%; padding: .5rem; font: inherit; box-sizing: border-box }
  button { padding: .5rem 1.5rem; font: inherit }
</style>
<h1>The first account</h1>
<p>It becomes the administrator of this orchestrator.</p>
<form id="account">
  <label>Name <input name="name" required maxlength="255" autocomplete="name"></label>
  <label>E-mail <input name="email" type="email" required autocomplete="email"></label>
  <label>Password
    <input name="password" type="password" required minlength="8" autocomplete="new-password">
  </label>
  <button>Make the account</button>
</form>
<p id="outcome" role="status"></p>
<script src="/setup.js"></script>
</html>
)";

constexpr std::string_view script = R"('use strict';
const form = document.getElementById('account');
const outcome = document.getElementById('outcome');
const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
history.replaceState(null, '', location.pathname);
form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const body = JSON.stringify({ token, ...Object.fromEntries(new FormData(form)) });
    const headers = { 'Content-Type': 'application/json' };
    try {
        const answer = await fetch('/api/setup', { method: 'POST', headers, body });
        const { message, detail } = await answer.json();
        outcome.textContent = answer.ok ? message : detail;
        form.hidden = answer.ok;
    } catch {
        outcome.textContent = 'The orchestrator did not answer. Try again.';
    }
});
)";

net::response asset(std::string_view type, std::string_view body) {
    net::response answer{200, std::string(type), std::string(body), {}};
    answer.headers = {{"Content-Security-Policy",
                       "default-src 'none'; script-src 'self'; connect-src 'self'; "
                       "style-src 'unsafe-inline'; base-uri 'none'; "
                       "form-action 'none'; frame-ancestors 'none'"},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Referrer-Policy", "no-referrer"},
                      {"Cache-Control", "no-store"}};
    return answer;
}

} // namespace

void show_set_up_page(const context& /*context*/, const incoming_ptr& in) {
    in->exchange->respond(asset("text/html; charset=utf-8", page));
}

void show_set_up_script(const context& /*context*/, const incoming_ptr& in) {
    in->exchange->respond(asset("text/javascript; charset=utf-8", script));
}

} // namespace orch::api
