import https from "node:https";
import { Pool } from "pg";

export function agent() {
  // ruleid: tls-verification-off-javascript
  return new https.Agent({ keepAlive: true, rejectUnauthorized: false });
}

export function pool(url) {
  return new Pool({
    connectionString: url,
    // ruleid: tls-verification-off-javascript
    ssl: { /* größer */ rejectUnauthorized: false },
  });
}

export function wholeProcess() {
  // ruleid: tls-verification-off-javascript
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
}

export function strict() {
  // ok: tls-verification-off-javascript
  return new https.Agent({ keepAlive: true, rejectUnauthorized: true });
}

export function privateAuthority(ca) {
  // ok: tls-verification-off-javascript
  return new https.Agent({ ca });
}

export function configured(options) {
  // ok: tls-verification-off-javascript
  return https.request({ host: options.host, rejectUnauthorized: options.strict });
}

export function replaced(ca) {
  const options = {
    // ok: tls-verification-off-javascript
    ssl: { rejectUnauthorized: false },
  };
  options.ssl = { rejectUnauthorized: true, ca };
  return new Pool(options);
}

export function replacedAtTimes(ca) {
  const options = {
    // ruleid: tls-verification-off-javascript
    ssl: { rejectUnauthorized: false },
  };
  if (ca) {
    options.ssl = { rejectUnauthorized: true, ca };
  }
  return new Pool(options);
}
