const log4js = require('log4js');

const logger = log4js.getLogger('http');

module.exports = async (ctx, next) => {
  const agent = ctx.request.headers['user-agent'];
  logger.warn('request by ' + agent); // expect: CWE-117
  await next();
};
