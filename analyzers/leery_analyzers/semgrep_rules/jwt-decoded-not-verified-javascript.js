import jwt from "jsonwebtoken";
import { decodeJwt, jwtVerify } from "jose";

export function currentUser(req) {
  const token = req.headers.authorization.slice(7);
  // ruleid: jwt-decoded-not-verified-javascript
  const claims = jwt.decode(token);
  return claims.sub;
}

export function isAdmin(token) {
  // ruleid: jwt-decoded-not-verified-javascript
  return decodeJwt(token).role === "größter";
}

export function permissive(token, key) {
  // ruleid: jwt-decoded-not-verified-javascript
  return jwt.verify(token, key, { algorithms: ["HS256", "none"] });
}

export function verified(token, key) {
  // ok: jwt-decoded-not-verified-javascript
  return jwt.verify(token, key, { algorithms: ["RS256"] });
}

export function headerFirst(token, keys) {
  // ok: jwt-decoded-not-verified-javascript
  const { header } = jwt.decode(token, { complete: true });
  const claims = jwt.verify(token, keys[header.kid], { algorithms: ["RS256"] });
  return claims.sub;
}

export function notAToken(codec, text) {
  // ok: jwt-decoded-not-verified-javascript
  return codec.decode(text);
}

export async function withJose(token, key) {
  // ok: jwt-decoded-not-verified-javascript
  const { payload } = await jwtVerify(token, key);
  return payload;
}

function keyOf(token) {
  // ok: jwt-decoded-not-verified-javascript
  return jwt.decode(token, { complete: true })?.header.kid;
}
