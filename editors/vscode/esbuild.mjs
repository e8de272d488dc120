// Bundles the extension into dist/extension.js; `--production` minifies, `--watch` rebuilds on changes.
import { context } from "esbuild";

const production = process.argv.includes("--production");
const built = await context({
    entryPoints: ["src/extension.ts"],
    outfile: "dist/extension.js",
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["vscode"],
    minify: production,
    sourcemap: production ? false : "inline",
    logLevel: "warning",
});
if (process.argv.includes("--watch")) {
    await built.watch();
} else {
    await built.rebuild();
    await built.dispose();
}
