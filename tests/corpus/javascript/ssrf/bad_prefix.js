const got = require('got');

async function importFeed(ctx) {
  const feed = ctx.request.body.feed;
  if (!feed.startsWith('https://feeds.example.com')) {
    ctx.throw(400);
  }
  const body = await got(feed).text(); // expect: CWE-918
  ctx.body = { length: body.length };
}

module.exports = { importFeed };
