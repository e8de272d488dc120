import jwt from "jsonwebtoken";

// ruleid: fallback-secret-javascript
const secret = process.env.JWT_SECRET || "changeme";

export function connect(pg) {
  return pg.connect({
    host: process.env.DB_HOST || "localhost",
    // ruleid: fallback-secret-javascript
    password: process.env.DB_PASSWORD ?? "größe-123",
  });
}

export function sign(user) {
  // ruleid: fallback-secret-javascript
  return jwt.sign({ sub: user.id }, process.env["TOKEN_SECRET"] || "dev-secret", { expiresIn: "1h" });
}

// ok: fallback-secret-javascript
const port = process.env.PORT || "3000";

export function required() {
  // ok: fallback-secret-javascript
  const key = process.env.API_KEY || "";
  if (!key) throw new Error("API_KEY is not set");
  return key;
}

export function expiry() {
  // ok: fallback-secret-javascript
  return process.env.TOKEN_TTL || "15m";
}

export function other() {
  // ok: fallback-secret-javascript
  return process.env.JWT_SECRET || process.env.OLD_JWT_SECRET;
}
