// Stands in for Microsoft's Python extension, which no package registry has: the part of its public interface that Leery
// uses, as the types of the npm package @vscode/python-extension give it. Leery itself is compiled against these types.
"use strict";

const fs = require("node:fs");
const vscode = require("vscode");

exports.activate = () => {
  const changed = new vscode.EventEmitter();
  let path = process.env.LEERY_STUB_PYTHON ?? "python";
  return {
    ready: Promise.resolve(),
    environments: {
      onDidChangeActiveEnvironmentPath: changed.event,
      getActiveEnvironmentPath: () => ({ id: path, path }),
      async updateActiveEnvironmentPath(environment, resource) {
        path = environment;
        changed.fire({ id: path, path, resource });
      },
      async resolveEnvironment(environment) {
        const { path: chosen } = environment;
        if (!fs.existsSync(chosen)) return undefined;
        const executable = { uri: vscode.Uri.file(chosen), bitness: "64-bit", sysPrefix: undefined };
        return { id: chosen, path: chosen, executable, environment: undefined, version: undefined, tools: ["Venv"] };
      },
    },
  };
};
