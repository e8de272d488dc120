async function impersonate(ctx) {
  ctx.session.account = ctx.request.body.account; // expect: CWE-501
  ctx.body = { ok: true };
}

module.exports = { impersonate };
