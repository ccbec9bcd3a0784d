// The check that every other test makes on the way: answers against /openapi.json.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';

const workspace = new Workspace();
let orchestrator;
let contract;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: {} });
    contract = await orchestrator.contract();
});

after(() => orchestrator?.dispose());

test('answers are checked, whatever their status', async () => {
    const before = contract.checked;
    assert.equal((await orchestrator.api('/api/projects')).status, 200);
    assert.equal((await orchestrator.api('/api/projects/none')).status, 404);
    assert.equal(contract.checked, before + 2);
});

test('an answer that is not as declared fails', async () => {
    const { json: [project] } = await orchestrator.api('/api/projects');
    const { name, ...nameless } = project;
    const judge = (status, json) => () => contract.check('GET', '/api/projects', { status, json });
    assert.equal(name, 'default');
    assert.doesNotThrow(judge(200, [project]));
    assert.throws(judge(200, [nameless]), /something else/);
    assert.throws(judge(200, [{ ...project, surprise: 1 }]), /something else/);
    assert.throws(judge(200, [{ ...project, server_count: '1' }]), /something else/);
    assert.throws(judge(200, project), /something else/);
    assert.throws(judge(201, [project]), /not declared/);
    assert.throws(judge(404, { error: 'gone' }), /something else/);
});
