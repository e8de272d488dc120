const options = { rejectUnknown: false, unauthorized: false };

function check(settings) {
  if (settings.rejectUnauthorized === false) {
    throw new Error('certificates must be checked');
  }
  return { ...options, ...settings };
}

module.exports = { check };
