const vm = require('vm');

async function runUserScript(ctx) {
  const code = ctx.request.body.code;
  const sandbox = { console, result: null };
  vm.createContext(sandbox);
  vm.runInContext(code, sandbox, { timeout: 1000 }); // expect: CWE-94 @ code
  ctx.body = { result: sandbox.result };
}

module.exports = { runUserScript };
