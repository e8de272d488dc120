// Makes VS Code and its driver ready in the cache, once: `node prepare.mjs FOLDER`. code-server switches every proposed
// API on for every extension; here they are switched back off, so that what is tested is what a person gets. No package's
// own scripts are run, so nothing native is compiled; what writes log files is replaced.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const folder = path.resolve(process.argv[2]);
const inside = path.join(folder, "node_modules/code-server/lib/vscode");
const mark = path.join(folder, "ready");
if (!existsSync(mark)) {
  const npm = (cwd, ...args) =>
    execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--no-package-lock", ...args], {
      cwd,
      stdio: "inherit",
    });
  npm(folder);
  npm(inside, "--omit=dev");
  const everywhere = /function ([\w$]+)\(([\w$]+),([\w$]+)\)\{return!0\}(?=function [\w$]+\([\w$]+,[\w$]+\)\{if\(![\w$]+\([\w$]+,[\w$]+\)\)throw new Error\(`Extension )/g;
  patch("out/vs/workbench/api/node/extensionHostProcess.js", everywhere, "function $1($2,$3){return $2.enabledApiProposals?.includes($3)??!1}");
  patch("out/vs/code/browser/workbench/workbench.js", everywhere, "function $1($2,$3){return $2.enabledApiProposals?.includes($3)??!1}");
  patch("out/vs/code/browser/workbench/workbench.js", /_envEnablesProposedApiForAll=!0/g, "_envEnablesProposedApiForAll=!1");
  writeFileSync(mark, "");
}
copyFileSync(new URL("harness/spdlog.js", import.meta.url), path.join(inside, "node_modules/@vscode/spdlog/index.js"));

function patch(name, pattern, replacement) {
  const file = path.join(inside, name);
  const text = readFileSync(file, "utf8");
  const hits = [...text.matchAll(pattern)].length;
  if (hits !== 1) throw new Error(`${name}: ${hits} places for ${pattern}, expected one`);
  writeFileSync(file, text.replace(pattern, replacement));
}
