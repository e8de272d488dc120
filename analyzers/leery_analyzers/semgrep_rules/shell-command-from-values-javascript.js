import { exec, execFile, execSync, spawn } from "node:child_process";
import cp from "node:child_process";

export function ping(host) {
  // ruleid: shell-command-from-values-javascript
  exec(`ping -c 1 ${host}`, (error, out) => console.log(out));
}

export function archive(name) {
  const command = "tar czf /tmp/" + name + ".tgz data";
  // ruleid: shell-command-from-values-javascript
  return cp.execSync(command);
}

export function convert(req, res) {
  // ruleid: shell-command-from-values-javascript
  execSync(req.body.command);
  res.end();
}

export function list(folder) {
  // ruleid: shell-command-from-values-javascript
  return spawn(`ls -l "${folder}" # größe`, [], { shell: true });
}

export function constant() {
  // ok: shell-command-from-values-javascript
  exec("git status --short", () => {});
}

export function argumentList(host) {
  // ok: shell-command-from-values-javascript
  execFile("ping", ["-c", "1", host], () => {});
}

export function withoutShell(folder) {
  // ok: shell-command-from-values-javascript
  return spawn("ls", ["-l", `${folder}/sub`]);
}

export function expression(text) {
  const pattern = /^(\w+)-(\d+)$/;
  // ok: shell-command-from-values-javascript
  return pattern.exec(`${text}-1`);
}
