import "node:module";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "electron-vite";
import { dirname, join, posix, resolve } from "node:path";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createHash } from "node:crypto";
import ts from "typescript";
// \0rolldown/runtime.js
var __defProp = Object.defineProperty;
var __esmMin = (fn, res, err) => () => {
	if (err) throw err[0];
	try {
		return fn && (res = fn(fn = 0)), res;
	} catch (e) {
		throw err = [e], e;
	}
};
var __exportAll = (all, no_symbols) => {
	let target = {};
	for (var name in all) __defProp(target, name, {
		get: all[name],
		enumerable: true
	});
	if (!no_symbols) __defProp(target, Symbol.toStringTag, { value: "Module" });
	return target;
};
// scripts/digest/files.ts
/** SHA-256 (hex) of the names and contents of the TypeScript files in a folder. It is the same on every platform. */
function filesDigest(folder) {
	const hash = createHash("sha256");
	for (const file of globSync("**/*.ts", { cwd: folder }).map(slashes).sort()) hash.update(`${file}\0`).update(readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n")).update("\0");
	return hash.digest("hex");
}
/** Replaces a file atomically, also if two processes do it at the same time. */
function replaceFile(file, contents) {
	const partial = `${file}.${process.pid}`;
	writeFileSync(partial, contents);
	renameSync(partial, file);
}
/** Whether an error says that this user may not write there. */
const isNotWritable = (error) => [
	"EACCES",
	"EPERM",
	"EROFS"
].includes(error.code ?? "");
const slashes = (path) => path.replaceAll("\\", "/");
const root$1 = fileURLToPath(new URL("../", "file:///work/h/columns/scripts/kernels.ts"));
const sources = "src-engine/kernels/assembly";
const folder = join(root$1, "out/kernels");
const binary = join(folder, "kernels.wasm");
/** Records the sources, compiler and options of the binary. */
const origin = join(folder, "origin.txt");
/** Compiler options. Do not enable relaxed SIMD, because its results depend on the machine. */
const kernelOptions = [
	"--enable",
	"simd",
	"-O3",
	"--noAssert",
	"--runtime",
	"stub",
	"--importMemory"
];
/** Path of the compiled kernels. Compiles them if needed. @throws Error with the compiler's message if the sources do not compile */
async function ensureKernels() {
	const now = [
		filesDigest(join(root$1, sources)),
		compilerVersion(),
		...kernelOptions
	].join(" ");
	if (existsSync(binary) && existsSync(origin) && readFileSync(origin, "utf8") === now) return binary;
	mkdirSync(folder, { recursive: true });
	const compiled = await compile();
	replaceFile(binary, compiled);
	replaceFile(origin, now);
	return binary;
}
async function compile() {
	const { main } = await import("assemblyscript/asc");
	let compiled = null;
	const { error, stderr } = await main([
		`${sources}/index.ts`,
		"--baseDir",
		root$1,
		"--outFile",
		"kernels.wasm",
		...kernelOptions
	], { writeFile: (name, contents) => {
		if (name === "kernels.wasm") compiled = contents;
	} });
	if (error || !compiled) throw new Error(`Could not compile the kernels in ${sources}.\n${stderr.toString()}`, { cause: error });
	return compiled;
}
function compilerVersion() {
	return JSON.parse(readFileSync(join(root$1, "node_modules/assemblyscript/package.json"), "utf8")).version;
}
// scripts/digest/module.ts
/** Remembers the result for each text. Parsing takes most of a digest's time. */
function once(read) {
	const known = /* @__PURE__ */ new Map();
	return (text) => {
		if (!known.has(text)) known.set(text, read(text));
		return known.get(text);
	};
}
function add(module, statement) {
	if (ts.isImportDeclaration(statement)) addImports(module, statement);
	else if (ts.isExportDeclaration(statement)) addExports(module, statement);
	else if (ts.isVariableStatement(statement)) for (const declaration of statement.declarationList.declarations) {
		const part = partOf(declaration);
		for (const name of boundNames(declaration.name)) module.declarations.set(name, part);
	}
	else if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name) module.declarations.set(statement.name.text, partOf(statement));
	else module.effects.push(partOf(statement));
}
function addImports({ imports }, { importClause, moduleSpecifier }) {
	const from = moduleSpecifier.text;
	const bindings = importClause?.namedBindings;
	if (importClause?.name) imports.set(importClause.name.text, {
		from,
		name: "default"
	});
	if (bindings && ts.isNamespaceImport(bindings)) imports.set(bindings.name.text, {
		from,
		name: "*"
	});
	if (bindings && ts.isNamedImports(bindings)) for (const { name, propertyName } of bindings.elements) imports.set(name.text, {
		from,
		name: (propertyName ?? name).text
	});
}
function addExports({ exports, exportsAll }, statement) {
	const from = moduleOf(statement);
	if (statement.getText() === "export {};") return;
	if (from === null) throw new Error(`The digest of the engine cannot follow "${statement.getText()}". Export declarations where they are.`);
	if (!statement.exportClause) exportsAll.push(from);
	else if (ts.isNamedExports(statement.exportClause)) for (const { name, propertyName } of statement.exportClause.elements) exports.set(name.text, {
		from,
		name: (propertyName ?? name).text
	});
	else exports.set(statement.exportClause.name.text, {
		from,
		name: "*"
	});
}
function moduleOf(statement) {
	return (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) && statement.moduleSpecifier ? statement.moduleSpecifier.text : null;
}
function boundNames(name) {
	if (ts.isIdentifier(name)) return [name.text];
	return name.elements.flatMap((element) => ts.isBindingElement(element) ? boundNames(element.name) : []);
}
/** Leaves out comments, what has no effect, and what is thrown: an error's text changes no result. */
function* tokens(node) {
	if (ts.isJSDoc(node) || hasNoEffect(node)) return;
	if (ts.isThrowStatement(node)) return yield "throw";
	const children = node.getChildren();
	if (children.length > 0) for (const child of children) yield* tokens(child);
	else if (node.getText() !== "") yield node.getText();
}
function* references(node) {
	if (ts.isThrowStatement(node) || hasNoEffect(node)) return;
	if (ts.isIdentifier(node) && !isKey(node)) yield node.text;
	for (const child of node.getChildren()) yield* references(child);
}
/** Whether an identifier names a property instead of a variable. */
function isKey(node) {
	const { parent } = node;
	return (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent)) && parent.name === node;
}
var parseModule, tokensOf, importedBy, parse, erased, partOf, withoutEffect, hasNoEffect;
var init_module = __esmMin((() => {
	parseModule = once((text) => {
		const module = {
			declarations: /* @__PURE__ */ new Map(),
			effects: [],
			imports: /* @__PURE__ */ new Map(),
			exports: /* @__PURE__ */ new Map(),
			exportsAll: []
		};
		for (const statement of parse(erased(text)).statements) add(module, statement);
		return module;
	});
	tokensOf = once((text) => [...tokens(parse(text))]);
	importedBy = (text) => parse(text).statements.flatMap((statement) => moduleOf(statement) ?? []);
	parse = (text) => ts.createSourceFile("module.ts", text.replaceAll("\r\n", "\n"), ts.ScriptTarget.ESNext, true);
	erased = (text) => ts.transpileModule(text, { compilerOptions: {
		target: ts.ScriptTarget.ESNext,
		module: ts.ModuleKind.ESNext,
		verbatimModuleSyntax: true,
		removeComments: true
	} }).outputText;
	partOf = (node) => ({
		tokens: [...tokens(node)],
		references: new Set(references(node))
	});
	withoutEffect = /* @__PURE__ */ new Set([
		"schema",
		"title",
		"meaning",
		"help",
		"equation",
		"source",
		"colour",
		"minimises",
		"reports",
		"problems",
		"warnings"
	]);
	hasNoEffect = (node) => (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) && withoutEffect.has(node.name.getText());
}));
// scripts/digest/engine.ts
var engine_exports = /* @__PURE__ */ __exportAll({
	digestOfEngine: () => digestOfEngine,
	entries: () => entries,
	partsOfEngine: () => partsOfEngine
});
/**
* SHA-256 (hex) of what decides the bits of a result: the declarations that training reaches, and the kernels.
* Comments, layout, types, the texts of errors and everything that training does not reach do not count.
* A schema's defaults do not count either, because stored specs are complete.
* @param options compiler options of the kernels
*/
function digestOfEngine(read, options) {
	const hash = createHash("sha256");
	const parts = [...partsOfEngine(read)].sort(([a], [b]) => a < b ? -1 : 1);
	for (const [name, tokens] of [...parts, ["options", options]]) hash.update(JSON.stringify([name, tokens]));
	return hash.digest("hex");
}
/** Tokens of each part of the engine that decides bits, by `file name`. */
function partsOfEngine(read) {
	const walk = new Walk(read);
	for (const { file, name } of entries) walk.follow(file, name);
	for (const file of filesOfKernels(read)) walk.parts.set(file, tokensOf(read(file)));
	return walk.parts;
}
function filesOfKernels(read) {
	const files = /* @__PURE__ */ new Set([kernels]);
	for (const file of files) for (const name of importedBy(read(file))) files.add(`${posix.join(posix.dirname(file), name)}.ts`);
	return files;
}
var entries, kernels, Walk, resolved;
var init_engine = __esmMin((() => {
	init_module();
	entries = [{
		file: "training/trainer.ts",
		name: "Trainer"
	}, {
		file: "training/kernels-for.ts",
		name: "kernelsFor"
	}];
	kernels = "kernels/assembly/index.ts";
	Walk = class {
		parts = /* @__PURE__ */ new Map();
		#modules = /* @__PURE__ */ new Map();
		#read;
		constructor(read) {
			this.#read = read;
		}
		/** Adds what a module declares, imports or exports under a name; `*` stands for everything. @throws Error if there is nothing */
		follow(file, name) {
			if (!this.#reach(file, name)) throw new Error(`The digest of the engine cannot find "${name}" in src-engine/${file}.`);
		}
		#reach(file, name) {
			if (!file.endsWith(".ts")) return this.parts.set(`${file} ${name}`, []).size > 0;
			const module = this.#load(file);
			if (name === "*") return this.#reachAll(file, module);
			const part = module.declarations.get(name);
			if (part) this.#add(file, name, part);
			const linked = module.imports.get(name) ?? module.exports.get(name);
			if (linked) this.follow(resolved(file, linked.from), linked.name);
			return part !== void 0 || linked !== void 0 || module.exportsAll.some((from) => this.#reach(resolved(file, from), name));
		}
		#reachAll(file, { declarations, exports, exportsAll }) {
			for (const name of [...declarations.keys(), ...exports.keys()]) this.follow(file, name);
			for (const from of exportsAll) this.follow(resolved(file, from), "*");
			return true;
		}
		#load(file) {
			const known = this.#modules.get(file);
			if (known) return known;
			const module = parseModule(this.#read(file));
			this.#modules.set(file, module);
			module.effects.forEach((part, index) => this.#add(file, `statement ${index}`, part));
			return module;
		}
		#add(file, name, { tokens, references }) {
			const key = `${file} ${name}`;
			if (this.parts.has(key)) return;
			this.parts.set(key, tokens);
			const { declarations, imports } = this.#load(file);
			for (const other of references) if (declarations.has(other) || imports.has(other)) this.follow(file, other);
		}
	};
	resolved = (file, from) => from.startsWith(".") ? posix.join(posix.dirname(file), from) : from;
}));
const root = fileURLToPath(new URL("../", "file:///work/h/columns/scripts/engine-digest.ts"));
const engine = join(root, "src-engine");
/** Records the sources and the digest that was computed from them. */
const record = join(root, "out/engine-digest.txt");
/**
* Digest (SHA-256, hex) of what decides a result's bits; see digest/engine.ts. It is the same on every platform.
* It is computed only when a source has changed, since loading the compiler takes half a second.
*/
async function engineDigest() {
	const sources = [
		filesDigest(engine),
		filesDigest(join(root, "scripts/digest")),
		...kernelOptions
	].join(" ");
	const [known, digest] = existsSync(record) ? readFileSync(record, "utf8").split("\n") : [];
	if (known === sources) return digest;
	const { digestOfEngine } = await Promise.resolve().then(() => (init_engine(), engine_exports));
	const computed = digestOfEngine((file) => readFileSync(join(engine, file), "utf8"), kernelOptions);
	remember(`${sources}\n${computed}`);
	return computed;
}
/** A clone that another user owns may be read-only. Then the digest is computed each time. */
function remember(text) {
	try {
		mkdirSync(dirname(record), { recursive: true });
		replaceFile(record, text);
	} catch (error) {
		if (!isNotWritable(error)) throw error;
	}
}
// electron.vite.config.ts
const at = (path) => resolve(import.meta.dirname, path);
const nodeTarget = "node20.18";
const chromeTarget = "chrome130";
await ensureKernels();
var electron_vite_config_default = defineConfig({
	main: {
		define: { __ENGINE_DIGEST__: JSON.stringify(await engineDigest()) },
		build: {
			target: nodeTarget,
			outDir: "out/main",
			externalizeDeps: { exclude: [
				"zod",
				"papaparse",
				"pdfkit",
				"fontkit",
				"yauzl",
				"yazl",
				"h5wasm",
				"hyparquet",
				"hyparquet-writer"
			] },
			rolldownOptions: { input: { main: at("src-main/desktop/main.ts") } }
		}
	},
	preload: { build: {
		target: nodeTarget,
		outDir: "out/preload",
		externalizeDeps: false,
		rolldownOptions: {
			input: { preload: at("src-main/preload/preload.ts") },
			output: {
				format: "cjs",
				entryFileNames: "[name].cjs"
			}
		}
	} },
	renderer: {
		root: at("src-renderer"),
		build: {
			target: chromeTarget,
			outDir: at("out/renderer"),
			rolldownOptions: { input: at("src-renderer/index.html") }
		},
		plugins: [vue()]
	}
});
export { electron_vite_config_default as default };

//# sourceMappingURL=data:application/json;charset=utf-8;base64,eyJ2ZXJzaW9uIjozLCJmaWxlIjoiZWxlY3Ryb24udml0ZS5jb25maWcuanMiLCJuYW1lcyI6WyJfX2VsZWN0cm9uX3ZpdGVfaW5qZWN0ZWRfaW1wb3J0X21ldGFfdXJsIiwicm9vdCJdLCJzb3VyY2VzIjpbIi93b3JrL2gvY29sdW1ucy9zY3JpcHRzL2RpZ2VzdC9maWxlcy50cyIsIi93b3JrL2gvY29sdW1ucy9zY3JpcHRzL2tlcm5lbHMudHMiLCIvd29yay9oL2NvbHVtbnMvc2NyaXB0cy9kaWdlc3QvbW9kdWxlLnRzIiwiL3dvcmsvaC9jb2x1bW5zL3NjcmlwdHMvZGlnZXN0L2VuZ2luZS50cyIsIi93b3JrL2gvY29sdW1ucy9zY3JpcHRzL2VuZ2luZS1kaWdlc3QudHMiLCIvd29yay9oL2NvbHVtbnMvZWxlY3Ryb24udml0ZS5jb25maWcudHMiXSwic291cmNlc0NvbnRlbnQiOlsiaW1wb3J0IHsgY3JlYXRlSGFzaCB9IGZyb20gJ25vZGU6Y3J5cHRvJ1xuaW1wb3J0IHsgZ2xvYlN5bmMsIHJlYWRGaWxlU3luYywgcmVuYW1lU3luYywgd3JpdGVGaWxlU3luYyB9IGZyb20gJ25vZGU6ZnMnXG5pbXBvcnQgeyBqb2luIH0gZnJvbSAnbm9kZTpwYXRoJ1xuXG4vKiogU0hBLTI1NiAoaGV4KSBvZiB0aGUgbmFtZXMgYW5kIGNvbnRlbnRzIG9mIHRoZSBUeXBlU2NyaXB0IGZpbGVzIGluIGEgZm9sZGVyLiBJdCBpcyB0aGUgc2FtZSBvbiBldmVyeSBwbGF0Zm9ybS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBmaWxlc0RpZ2VzdChmb2xkZXI6IHN0cmluZyk6IHN0cmluZyB7XG4gIGNvbnN0IGhhc2ggPSBjcmVhdGVIYXNoKCdzaGEyNTYnKVxuICBmb3IgKGNvbnN0IGZpbGUgb2YgZ2xvYlN5bmMoJyoqLyoudHMnLCB7IGN3ZDogZm9sZGVyIH0pLm1hcChzbGFzaGVzKS5zb3J0KCkpIHtcbiAgICBoYXNoLnVwZGF0ZShgJHtmaWxlfVxcMGApLnVwZGF0ZShyZWFkRmlsZVN5bmMoam9pbihmb2xkZXIsIGZpbGUpLCAndXRmOCcpLnJlcGxhY2VBbGwoJ1xcclxcbicsICdcXG4nKSkudXBkYXRlKCdcXDAnKVxuICB9XG4gIHJldHVybiBoYXNoLmRpZ2VzdCgnaGV4Jylcbn1cblxuLyoqIFJlcGxhY2VzIGEgZmlsZSBhdG9taWNhbGx5LCBhbHNvIGlmIHR3byBwcm9jZXNzZXMgZG8gaXQgYXQgdGhlIHNhbWUgdGltZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiByZXBsYWNlRmlsZShmaWxlOiBzdHJpbmcsIGNvbnRlbnRzOiBzdHJpbmcgfCBVaW50OEFycmF5KTogdm9pZCB7XG4gIGNvbnN0IHBhcnRpYWwgPSBgJHtmaWxlfS4ke3Byb2Nlc3MucGlkfWBcbiAgd3JpdGVGaWxlU3luYyhwYXJ0aWFsLCBjb250ZW50cylcbiAgcmVuYW1lU3luYyhwYXJ0aWFsLCBmaWxlKVxufVxuXG4vKiogV2hldGhlciBhbiBlcnJvciBzYXlzIHRoYXQgdGhpcyB1c2VyIG1heSBub3Qgd3JpdGUgdGhlcmUuICovXG5leHBvcnQgY29uc3QgaXNOb3RXcml0YWJsZSA9IChlcnJvcjogdW5rbm93bik6IGJvb2xlYW4gPT4gWydFQUNDRVMnLCAnRVBFUk0nLCAnRVJPRlMnXS5pbmNsdWRlcygoZXJyb3IgYXMgTm9kZUpTLkVycm5vRXhjZXB0aW9uKS5jb2RlID8/ICcnKVxuXG5jb25zdCBzbGFzaGVzID0gKHBhdGg6IHN0cmluZykgPT4gcGF0aC5yZXBsYWNlQWxsKCdcXFxcJywgJy8nKVxuIiwiLy8gQ29tcGlsZXMgdGhlIGVuZ2luZSdzIGtlcm5lbHMgZnJvbSBBc3NlbWJseVNjcmlwdCB0byBXZWJBc3NlbWJseSBpZiB0aGUgc291cmNlcyBoYXZlIGNoYW5nZWQgc2luY2UgdGhlIGxhc3QgdGltZS5cbmltcG9ydCB7IGV4aXN0c1N5bmMsIG1rZGlyU3luYywgcmVhZEZpbGVTeW5jIH0gZnJvbSAnbm9kZTpmcydcbmltcG9ydCB7IGpvaW4gfSBmcm9tICdub2RlOnBhdGgnXG5pbXBvcnQgeyBmaWxlVVJMVG9QYXRoIH0gZnJvbSAnbm9kZTp1cmwnXG5pbXBvcnQgeyBmaWxlc0RpZ2VzdCwgcmVwbGFjZUZpbGUgfSBmcm9tICcuL2RpZ2VzdC9maWxlcy50cydcblxuY29uc3Qgcm9vdCA9IGZpbGVVUkxUb1BhdGgobmV3IFVSTCgnLi4vJywgaW1wb3J0Lm1ldGEudXJsKSlcbmNvbnN0IHNvdXJjZXMgPSAnc3JjLWVuZ2luZS9rZXJuZWxzL2Fzc2VtYmx5J1xuY29uc3QgZm9sZGVyID0gam9pbihyb290LCAnb3V0L2tlcm5lbHMnKVxuY29uc3QgYmluYXJ5ID0gam9pbihmb2xkZXIsICdrZXJuZWxzLndhc20nKVxuLyoqIFJlY29yZHMgdGhlIHNvdXJjZXMsIGNvbXBpbGVyIGFuZCBvcHRpb25zIG9mIHRoZSBiaW5hcnkuICovXG5jb25zdCBvcmlnaW4gPSBqb2luKGZvbGRlciwgJ29yaWdpbi50eHQnKVxuXG4vKiogQ29tcGlsZXIgb3B0aW9ucy4gRG8gbm90IGVuYWJsZSByZWxheGVkIFNJTUQsIGJlY2F1c2UgaXRzIHJlc3VsdHMgZGVwZW5kIG9uIHRoZSBtYWNoaW5lLiAqL1xuZXhwb3J0IGNvbnN0IGtlcm5lbE9wdGlvbnMgPSBbJy0tZW5hYmxlJywgJ3NpbWQnLCAnLU8zJywgJy0tbm9Bc3NlcnQnLCAnLS1ydW50aW1lJywgJ3N0dWInLCAnLS1pbXBvcnRNZW1vcnknXVxuXG4vKiogUGF0aCBvZiB0aGUgY29tcGlsZWQga2VybmVscy4gQ29tcGlsZXMgdGhlbSBpZiBuZWVkZWQuIEB0aHJvd3MgRXJyb3Igd2l0aCB0aGUgY29tcGlsZXIncyBtZXNzYWdlIGlmIHRoZSBzb3VyY2VzIGRvIG5vdCBjb21waWxlICovXG5leHBvcnQgYXN5bmMgZnVuY3Rpb24gZW5zdXJlS2VybmVscygpOiBQcm9taXNlPHN0cmluZz4ge1xuICBjb25zdCBub3cgPSBbZmlsZXNEaWdlc3Qoam9pbihyb290LCBzb3VyY2VzKSksIGNvbXBpbGVyVmVyc2lvbigpLCAuLi5rZXJuZWxPcHRpb25zXS5qb2luKCcgJylcbiAgaWYgKGV4aXN0c1N5bmMoYmluYXJ5KSAmJiBleGlzdHNTeW5jKG9yaWdpbikgJiYgcmVhZEZpbGVTeW5jKG9yaWdpbiwgJ3V0ZjgnKSA9PT0gbm93KSByZXR1cm4gYmluYXJ5XG4gIG1rZGlyU3luYyhmb2xkZXIsIHsgcmVjdXJzaXZlOiB0cnVlIH0pXG4gIGNvbnN0IGNvbXBpbGVkID0gYXdhaXQgY29tcGlsZSgpXG4gIHJlcGxhY2VGaWxlKGJpbmFyeSwgY29tcGlsZWQpXG4gIHJlcGxhY2VGaWxlKG9yaWdpbiwgbm93KVxuICByZXR1cm4gYmluYXJ5XG59XG5cbmFzeW5jIGZ1bmN0aW9uIGNvbXBpbGUoKTogUHJvbWlzZTxVaW50OEFycmF5PiB7XG4gIGNvbnN0IHsgbWFpbiB9ID0gYXdhaXQgaW1wb3J0KCdhc3NlbWJseXNjcmlwdC9hc2MnKVxuICBsZXQgY29tcGlsZWQ6IFVpbnQ4QXJyYXkgfCBudWxsID0gbnVsbFxuICBjb25zdCB7IGVycm9yLCBzdGRlcnIgfSA9IGF3YWl0IG1haW4oW2Ake3NvdXJjZXN9L2luZGV4LnRzYCwgJy0tYmFzZURpcicsIHJvb3QsICctLW91dEZpbGUnLCAna2VybmVscy53YXNtJywgLi4ua2VybmVsT3B0aW9uc10sIHtcbiAgICB3cml0ZUZpbGU6IChuYW1lLCBjb250ZW50cykgPT4geyBpZiAobmFtZSA9PT0gJ2tlcm5lbHMud2FzbScpIGNvbXBpbGVkID0gY29udGVudHMgYXMgVWludDhBcnJheSB9LFxuICB9KVxuICBpZiAoZXJyb3IgfHwgIWNvbXBpbGVkKSB0aHJvdyBuZXcgRXJyb3IoYENvdWxkIG5vdCBjb21waWxlIHRoZSBrZXJuZWxzIGluICR7c291cmNlc30uXFxuJHtzdGRlcnIudG9TdHJpbmcoKX1gLCB7IGNhdXNlOiBlcnJvciB9KVxuICByZXR1cm4gY29tcGlsZWRcbn1cblxuZnVuY3Rpb24gY29tcGlsZXJWZXJzaW9uKCk6IHN0cmluZyB7XG4gIHJldHVybiAoSlNPTi5wYXJzZShyZWFkRmlsZVN5bmMoam9pbihyb290LCAnbm9kZV9tb2R1bGVzL2Fzc2VtYmx5c2NyaXB0L3BhY2thZ2UuanNvbicpLCAndXRmOCcpKSBhcyB7IHZlcnNpb246IHN0cmluZyB9KS52ZXJzaW9uXG59XG4iLCJpbXBvcnQgdHMgZnJvbSAndHlwZXNjcmlwdCdcblxuLyoqIE9uZSB0b3AtbGV2ZWwgZGVjbGFyYXRpb24sIG9yIG9uZSBzdGF0ZW1lbnQgdGhhdCBydW5zIHdoZW4gaXRzIG1vZHVsZSBpcyBsb2FkZWQuICovXG5leHBvcnQgaW50ZXJmYWNlIFBhcnQge1xuICAvKiogSXRzIHNvdXJjZSB3aXRob3V0IGNvbW1lbnRzLCB3aGl0ZSBzcGFjZSBhbmQgdHlwZXMuICovXG4gIHRva2Vuczogc3RyaW5nW11cbiAgLyoqIElkZW50aWZpZXJzIGluIGl0IHRoYXQgbWF5IHJlZmVyIHRvIG90aGVyIGRlY2xhcmF0aW9ucy4gKi9cbiAgcmVmZXJlbmNlczogU2V0PHN0cmluZz5cbn1cblxuLyoqIEFuIGltcG9ydCBvciBhIHJlLWV4cG9ydDogdGhlIG5hbWUgaW4gYSBtb2R1bGU7IGAqYCBzdGFuZHMgZm9yIGFsbCBvZiB0aGVtLiAqL1xuaW50ZXJmYWNlIEJpbmRpbmcge1xuICBmcm9tOiBzdHJpbmdcbiAgbmFtZTogc3RyaW5nXG59XG5cbmV4cG9ydCBpbnRlcmZhY2UgTW9kdWxlIHtcbiAgZGVjbGFyYXRpb25zOiBNYXA8c3RyaW5nLCBQYXJ0PlxuICAvKiogU3RhdGVtZW50cyB0aGF0IHJ1biB3aGVuIHRoZSBtb2R1bGUgaXMgbG9hZGVkLiAqL1xuICBlZmZlY3RzOiBQYXJ0W11cbiAgaW1wb3J0czogTWFwPHN0cmluZywgQmluZGluZz5cbiAgLyoqIE5hbWVkIHJlLWV4cG9ydHMuICovXG4gIGV4cG9ydHM6IE1hcDxzdHJpbmcsIEJpbmRpbmc+XG4gIC8qKiBNb2R1bGVzIHdob3NlIGV4cG9ydHMgYXJlIGFsbCBleHBvcnRlZCBhZ2Fpbi4gKi9cbiAgZXhwb3J0c0FsbDogc3RyaW5nW11cbn1cblxuLyoqIFJlYWRzIGEgVHlwZVNjcmlwdCBtb2R1bGUgd2hvc2UgdHlwZXMgY2FuIGJlIGVyYXNlZC4gKi9cbmV4cG9ydCBjb25zdCBwYXJzZU1vZHVsZSA9IG9uY2UoKHRleHQ6IHN0cmluZyk6IE1vZHVsZSA9PiB7XG4gIGNvbnN0IG1vZHVsZTogTW9kdWxlID0geyBkZWNsYXJhdGlvbnM6IG5ldyBNYXAoKSwgZWZmZWN0czogW10sIGltcG9ydHM6IG5ldyBNYXAoKSwgZXhwb3J0czogbmV3IE1hcCgpLCBleHBvcnRzQWxsOiBbXSB9XG4gIGZvciAoY29uc3Qgc3RhdGVtZW50IG9mIHBhcnNlKGVyYXNlZCh0ZXh0KSkuc3RhdGVtZW50cykgYWRkKG1vZHVsZSwgc3RhdGVtZW50KVxuICByZXR1cm4gbW9kdWxlXG59KVxuXG4vKiogVG9rZW5zIG9mIGEgd2hvbGUgc291cmNlIHdob3NlIHR5cGVzIGNvdW50LCBhcyB0aG9zZSBvZiBBc3NlbWJseVNjcmlwdCBkby4gKi9cbmV4cG9ydCBjb25zdCB0b2tlbnNPZiA9IG9uY2UoKHRleHQ6IHN0cmluZyk6IHN0cmluZ1tdID0+IFsuLi50b2tlbnMocGFyc2UodGV4dCkpXSlcblxuLyoqIE1vZHVsZXMgdGhhdCBhIHNvdXJjZSBpbXBvcnRzIG9yIGV4cG9ydHMgYWdhaW4uICovXG5leHBvcnQgY29uc3QgaW1wb3J0ZWRCeSA9ICh0ZXh0OiBzdHJpbmcpOiBzdHJpbmdbXSA9PiBwYXJzZSh0ZXh0KS5zdGF0ZW1lbnRzLmZsYXRNYXAoKHN0YXRlbWVudCkgPT4gbW9kdWxlT2Yoc3RhdGVtZW50KSA/PyBbXSlcblxuLyoqIFJlbWVtYmVycyB0aGUgcmVzdWx0IGZvciBlYWNoIHRleHQuIFBhcnNpbmcgdGFrZXMgbW9zdCBvZiBhIGRpZ2VzdCdzIHRpbWUuICovXG5mdW5jdGlvbiBvbmNlPFJlc3VsdD4ocmVhZDogKHRleHQ6IHN0cmluZykgPT4gUmVzdWx0KTogKHRleHQ6IHN0cmluZykgPT4gUmVzdWx0IHtcbiAgY29uc3Qga25vd24gPSBuZXcgTWFwPHN0cmluZywgUmVzdWx0PigpXG4gIHJldHVybiAodGV4dCkgPT4ge1xuICAgIGlmICgha25vd24uaGFzKHRleHQpKSBrbm93bi5zZXQodGV4dCwgcmVhZCh0ZXh0KSlcbiAgICByZXR1cm4ga25vd24uZ2V0KHRleHQpIVxuICB9XG59XG5cbmNvbnN0IHBhcnNlID0gKHRleHQ6IHN0cmluZykgPT4gdHMuY3JlYXRlU291cmNlRmlsZSgnbW9kdWxlLnRzJywgdGV4dC5yZXBsYWNlQWxsKCdcXHJcXG4nLCAnXFxuJyksIHRzLlNjcmlwdFRhcmdldC5FU05leHQsIHRydWUpXG5cbmNvbnN0IGVyYXNlZCA9ICh0ZXh0OiBzdHJpbmcpID0+IHRzLnRyYW5zcGlsZU1vZHVsZSh0ZXh0LCB7XG4gIGNvbXBpbGVyT3B0aW9uczoge1xuICAgIHRhcmdldDogdHMuU2NyaXB0VGFyZ2V0LkVTTmV4dCwgbW9kdWxlOiB0cy5Nb2R1bGVLaW5kLkVTTmV4dCwgdmVyYmF0aW1Nb2R1bGVTeW50YXg6IHRydWUsIHJlbW92ZUNvbW1lbnRzOiB0cnVlLFxuICB9LFxufSkub3V0cHV0VGV4dFxuXG5mdW5jdGlvbiBhZGQobW9kdWxlOiBNb2R1bGUsIHN0YXRlbWVudDogdHMuU3RhdGVtZW50KTogdm9pZCB7XG4gIGlmICh0cy5pc0ltcG9ydERlY2xhcmF0aW9uKHN0YXRlbWVudCkpIGFkZEltcG9ydHMobW9kdWxlLCBzdGF0ZW1lbnQpXG4gIGVsc2UgaWYgKHRzLmlzRXhwb3J0RGVjbGFyYXRpb24oc3RhdGVtZW50KSkgYWRkRXhwb3J0cyhtb2R1bGUsIHN0YXRlbWVudClcbiAgZWxzZSBpZiAodHMuaXNWYXJpYWJsZVN0YXRlbWVudChzdGF0ZW1lbnQpKSB7XG4gICAgZm9yIChjb25zdCBkZWNsYXJhdGlvbiBvZiBzdGF0ZW1lbnQuZGVjbGFyYXRpb25MaXN0LmRlY2xhcmF0aW9ucykge1xuICAgICAgY29uc3QgcGFydCA9IHBhcnRPZihkZWNsYXJhdGlvbilcbiAgICAgIGZvciAoY29uc3QgbmFtZSBvZiBib3VuZE5hbWVzKGRlY2xhcmF0aW9uLm5hbWUpKSBtb2R1bGUuZGVjbGFyYXRpb25zLnNldChuYW1lLCBwYXJ0KVxuICAgIH1cbiAgfSBlbHNlIGlmICgodHMuaXNGdW5jdGlvbkRlY2xhcmF0aW9uKHN0YXRlbWVudCkgfHwgdHMuaXNDbGFzc0RlY2xhcmF0aW9uKHN0YXRlbWVudCkpICYmIHN0YXRlbWVudC5uYW1lKSB7XG4gICAgbW9kdWxlLmRlY2xhcmF0aW9ucy5zZXQoc3RhdGVtZW50Lm5hbWUudGV4dCwgcGFydE9mKHN0YXRlbWVudCkpXG4gIH0gZWxzZSB7XG4gICAgbW9kdWxlLmVmZmVjdHMucHVzaChwYXJ0T2Yoc3RhdGVtZW50KSlcbiAgfVxufVxuXG5mdW5jdGlvbiBhZGRJbXBvcnRzKHsgaW1wb3J0cyB9OiBNb2R1bGUsIHsgaW1wb3J0Q2xhdXNlLCBtb2R1bGVTcGVjaWZpZXIgfTogdHMuSW1wb3J0RGVjbGFyYXRpb24pOiB2b2lkIHtcbiAgY29uc3QgZnJvbSA9IChtb2R1bGVTcGVjaWZpZXIgYXMgdHMuU3RyaW5nTGl0ZXJhbCkudGV4dFxuICBjb25zdCBiaW5kaW5ncyA9IGltcG9ydENsYXVzZT8ubmFtZWRCaW5kaW5nc1xuICBpZiAoaW1wb3J0Q2xhdXNlPy5uYW1lKSBpbXBvcnRzLnNldChpbXBvcnRDbGF1c2UubmFtZS50ZXh0LCB7IGZyb20sIG5hbWU6ICdkZWZhdWx0JyB9KVxuICBpZiAoYmluZGluZ3MgJiYgdHMuaXNOYW1lc3BhY2VJbXBvcnQoYmluZGluZ3MpKSBpbXBvcnRzLnNldChiaW5kaW5ncy5uYW1lLnRleHQsIHsgZnJvbSwgbmFtZTogJyonIH0pXG4gIGlmIChiaW5kaW5ncyAmJiB0cy5pc05hbWVkSW1wb3J0cyhiaW5kaW5ncykpIHtcbiAgICBmb3IgKGNvbnN0IHsgbmFtZSwgcHJvcGVydHlOYW1lIH0gb2YgYmluZGluZ3MuZWxlbWVudHMpIGltcG9ydHMuc2V0KG5hbWUudGV4dCwgeyBmcm9tLCBuYW1lOiAocHJvcGVydHlOYW1lID8/IG5hbWUpLnRleHQgfSlcbiAgfVxufVxuXG5mdW5jdGlvbiBhZGRFeHBvcnRzKHsgZXhwb3J0cywgZXhwb3J0c0FsbCB9OiBNb2R1bGUsIHN0YXRlbWVudDogdHMuRXhwb3J0RGVjbGFyYXRpb24pOiB2b2lkIHtcbiAgY29uc3QgZnJvbSA9IG1vZHVsZU9mKHN0YXRlbWVudClcbiAgLy8gV2hhdCBpcyBsZWZ0IG9mIGEgbW9kdWxlIHRoYXQgaGFzIG9ubHkgdHlwZXMuXG4gIGlmIChzdGF0ZW1lbnQuZ2V0VGV4dCgpID09PSAnZXhwb3J0IHt9OycpIHJldHVyblxuICBpZiAoZnJvbSA9PT0gbnVsbCkge1xuICAgIHRocm93IG5ldyBFcnJvcihgVGhlIGRpZ2VzdCBvZiB0aGUgZW5naW5lIGNhbm5vdCBmb2xsb3cgXCIke3N0YXRlbWVudC5nZXRUZXh0KCl9XCIuIEV4cG9ydCBkZWNsYXJhdGlvbnMgd2hlcmUgdGhleSBhcmUuYClcbiAgfVxuICBpZiAoIXN0YXRlbWVudC5leHBvcnRDbGF1c2UpIGV4cG9ydHNBbGwucHVzaChmcm9tKVxuICBlbHNlIGlmICh0cy5pc05hbWVkRXhwb3J0cyhzdGF0ZW1lbnQuZXhwb3J0Q2xhdXNlKSkge1xuICAgIGZvciAoY29uc3QgeyBuYW1lLCBwcm9wZXJ0eU5hbWUgfSBvZiBzdGF0ZW1lbnQuZXhwb3J0Q2xhdXNlLmVsZW1lbnRzKSB7XG4gICAgICBleHBvcnRzLnNldChuYW1lLnRleHQsIHsgZnJvbSwgbmFtZTogKHByb3BlcnR5TmFtZSA/PyBuYW1lKS50ZXh0IH0pXG4gICAgfVxuICB9IGVsc2Uge1xuICAgIGV4cG9ydHMuc2V0KHN0YXRlbWVudC5leHBvcnRDbGF1c2UubmFtZS50ZXh0LCB7IGZyb20sIG5hbWU6ICcqJyB9KVxuICB9XG59XG5cbmZ1bmN0aW9uIG1vZHVsZU9mKHN0YXRlbWVudDogdHMuU3RhdGVtZW50KTogc3RyaW5nIHwgbnVsbCB7XG4gIGNvbnN0IGlzTGluayA9IHRzLmlzSW1wb3J0RGVjbGFyYXRpb24oc3RhdGVtZW50KSB8fCB0cy5pc0V4cG9ydERlY2xhcmF0aW9uKHN0YXRlbWVudClcbiAgcmV0dXJuIGlzTGluayAmJiBzdGF0ZW1lbnQubW9kdWxlU3BlY2lmaWVyID8gKHN0YXRlbWVudC5tb2R1bGVTcGVjaWZpZXIgYXMgdHMuU3RyaW5nTGl0ZXJhbCkudGV4dCA6IG51bGxcbn1cblxuZnVuY3Rpb24gYm91bmROYW1lcyhuYW1lOiB0cy5CaW5kaW5nTmFtZSk6IHN0cmluZ1tdIHtcbiAgaWYgKHRzLmlzSWRlbnRpZmllcihuYW1lKSkgcmV0dXJuIFtuYW1lLnRleHRdXG4gIHJldHVybiBuYW1lLmVsZW1lbnRzLmZsYXRNYXAoKGVsZW1lbnQpID0+ICh0cy5pc0JpbmRpbmdFbGVtZW50KGVsZW1lbnQpID8gYm91bmROYW1lcyhlbGVtZW50Lm5hbWUpIDogW10pKVxufVxuXG5jb25zdCBwYXJ0T2YgPSAobm9kZTogdHMuTm9kZSk6IFBhcnQgPT4gKHsgdG9rZW5zOiBbLi4udG9rZW5zKG5vZGUpXSwgcmVmZXJlbmNlczogbmV3IFNldChyZWZlcmVuY2VzKG5vZGUpKSB9KVxuXG4vKiogUHJvcGVydGllcyB0aGF0IG5vIHJlc3VsdCBkZXBlbmRzIG9uOiBzdG9yZWQgc3BlY3MgYXJlIGNvbXBsZXRlLCBzbyBhIHNjaGVtYSBoYXMgbm8gc2F5IGluIGl0LCBhbmQgbmVpdGhlciBoYXMgaG93IGEgbWV0cmljIGxvb2tzLiAqL1xuY29uc3Qgd2l0aG91dEVmZmVjdCA9IG5ldyBTZXQoW1xuICAnc2NoZW1hJywgJ3RpdGxlJywgJ21lYW5pbmcnLCAnaGVscCcsICdlcXVhdGlvbicsICdzb3VyY2UnLCAnY29sb3VyJywgJ21pbmltaXNlcycsICdyZXBvcnRzJywgJ3Byb2JsZW1zJywgJ3dhcm5pbmdzJyxcbl0pXG5cbmNvbnN0IGhhc05vRWZmZWN0ID0gKG5vZGU6IHRzLk5vZGUpOiBib29sZWFuID0+XG4gICh0cy5pc1Byb3BlcnR5QXNzaWdubWVudChub2RlKSB8fCB0cy5pc1Nob3J0aGFuZFByb3BlcnR5QXNzaWdubWVudChub2RlKSkgJiYgd2l0aG91dEVmZmVjdC5oYXMobm9kZS5uYW1lLmdldFRleHQoKSlcblxuLyoqIExlYXZlcyBvdXQgY29tbWVudHMsIHdoYXQgaGFzIG5vIGVmZmVjdCwgYW5kIHdoYXQgaXMgdGhyb3duOiBhbiBlcnJvcidzIHRleHQgY2hhbmdlcyBubyByZXN1bHQuICovXG5mdW5jdGlvbiogdG9rZW5zKG5vZGU6IHRzLk5vZGUpOiBHZW5lcmF0b3I8c3RyaW5nPiB7XG4gIGlmICh0cy5pc0pTRG9jKG5vZGUpIHx8IGhhc05vRWZmZWN0KG5vZGUpKSByZXR1cm5cbiAgaWYgKHRzLmlzVGhyb3dTdGF0ZW1lbnQobm9kZSkpIHJldHVybiB5aWVsZCAndGhyb3cnXG4gIGNvbnN0IGNoaWxkcmVuID0gbm9kZS5nZXRDaGlsZHJlbigpXG4gIGlmIChjaGlsZHJlbi5sZW5ndGggPiAwKSBmb3IgKGNvbnN0IGNoaWxkIG9mIGNoaWxkcmVuKSB5aWVsZCogdG9rZW5zKGNoaWxkKVxuICBlbHNlIGlmIChub2RlLmdldFRleHQoKSAhPT0gJycpIHlpZWxkIG5vZGUuZ2V0VGV4dCgpXG59XG5cbmZ1bmN0aW9uKiByZWZlcmVuY2VzKG5vZGU6IHRzLk5vZGUpOiBHZW5lcmF0b3I8c3RyaW5nPiB7XG4gIGlmICh0cy5pc1Rocm93U3RhdGVtZW50KG5vZGUpIHx8IGhhc05vRWZmZWN0KG5vZGUpKSByZXR1cm5cbiAgaWYgKHRzLmlzSWRlbnRpZmllcihub2RlKSAmJiAhaXNLZXkobm9kZSkpIHlpZWxkIG5vZGUudGV4dFxuICBmb3IgKGNvbnN0IGNoaWxkIG9mIG5vZGUuZ2V0Q2hpbGRyZW4oKSkgeWllbGQqIHJlZmVyZW5jZXMoY2hpbGQpXG59XG5cbi8qKiBXaGV0aGVyIGFuIGlkZW50aWZpZXIgbmFtZXMgYSBwcm9wZXJ0eSBpbnN0ZWFkIG9mIGEgdmFyaWFibGUuICovXG5mdW5jdGlvbiBpc0tleShub2RlOiB0cy5JZGVudGlmaWVyKTogYm9vbGVhbiB7XG4gIGNvbnN0IHsgcGFyZW50IH0gPSBub2RlXG4gIGNvbnN0IGlzTmFtZWQgPSB0cy5pc1Byb3BlcnR5QWNjZXNzRXhwcmVzc2lvbihwYXJlbnQpIHx8IHRzLmlzUHJvcGVydHlBc3NpZ25tZW50KHBhcmVudClcbiAgICB8fCB0cy5pc01ldGhvZERlY2xhcmF0aW9uKHBhcmVudCkgfHwgdHMuaXNQcm9wZXJ0eURlY2xhcmF0aW9uKHBhcmVudClcbiAgcmV0dXJuIGlzTmFtZWQgJiYgcGFyZW50Lm5hbWUgPT09IG5vZGVcbn1cbiIsImltcG9ydCB7IGNyZWF0ZUhhc2ggfSBmcm9tICdub2RlOmNyeXB0bydcbmltcG9ydCB7IHBvc2l4IH0gZnJvbSAnbm9kZTpwYXRoJ1xuaW1wb3J0IHsgaW1wb3J0ZWRCeSwgdHlwZSBNb2R1bGUsIHBhcnNlTW9kdWxlLCB0eXBlIFBhcnQsIHRva2Vuc09mIH0gZnJvbSAnLi9tb2R1bGUudHMnXG5cbi8qKiBSZWFkcyBhIHNvdXJjZSBmaWxlIG9mIHRoZSBlbmdpbmUuIEBwYXJhbSBmaWxlIHJlbGF0aXZlIHRvIGBzcmMtZW5naW5lYCwgd2l0aCBmb3J3YXJkIHNsYXNoZXMgKi9cbmV4cG9ydCB0eXBlIFJlYWRTb3VyY2UgPSAoZmlsZTogc3RyaW5nKSA9PiBzdHJpbmdcblxuLyoqIFdoYXQgYW4gZW5naW5lIHdvcmtlciB1c2VzIG9mIHRoZSBlbmdpbmUgdG8gY29tcHV0ZSBhIHJlc3VsdC4gRXZlcnl0aGluZyBlbHNlIHRoYXQgaXQgaW1wb3J0cyBvbmx5IHdhdGNoZXMuICovXG5leHBvcnQgY29uc3QgZW50cmllcyA9IFtcbiAgeyBmaWxlOiAndHJhaW5pbmcvdHJhaW5lci50cycsIG5hbWU6ICdUcmFpbmVyJyB9LFxuICB7IGZpbGU6ICd0cmFpbmluZy9rZXJuZWxzLWZvci50cycsIG5hbWU6ICdrZXJuZWxzRm9yJyB9LFxuXSBhcyBjb25zdFxuXG4vKiogVGhlIGtlcm5lbHMsIHdoaWNoIGFyZSBjb21waWxlZCBmcm9tIEFzc2VtYmx5U2NyaXB0LiAqL1xuY29uc3Qga2VybmVscyA9ICdrZXJuZWxzL2Fzc2VtYmx5L2luZGV4LnRzJ1xuXG4vKipcbiAqIFNIQS0yNTYgKGhleCkgb2Ygd2hhdCBkZWNpZGVzIHRoZSBiaXRzIG9mIGEgcmVzdWx0OiB0aGUgZGVjbGFyYXRpb25zIHRoYXQgdHJhaW5pbmcgcmVhY2hlcywgYW5kIHRoZSBrZXJuZWxzLlxuICogQ29tbWVudHMsIGxheW91dCwgdHlwZXMsIHRoZSB0ZXh0cyBvZiBlcnJvcnMgYW5kIGV2ZXJ5dGhpbmcgdGhhdCB0cmFpbmluZyBkb2VzIG5vdCByZWFjaCBkbyBub3QgY291bnQuXG4gKiBBIHNjaGVtYSdzIGRlZmF1bHRzIGRvIG5vdCBjb3VudCBlaXRoZXIsIGJlY2F1c2Ugc3RvcmVkIHNwZWNzIGFyZSBjb21wbGV0ZS5cbiAqIEBwYXJhbSBvcHRpb25zIGNvbXBpbGVyIG9wdGlvbnMgb2YgdGhlIGtlcm5lbHNcbiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGRpZ2VzdE9mRW5naW5lKHJlYWQ6IFJlYWRTb3VyY2UsIG9wdGlvbnM6IHJlYWRvbmx5IHN0cmluZ1tdKTogc3RyaW5nIHtcbiAgY29uc3QgaGFzaCA9IGNyZWF0ZUhhc2goJ3NoYTI1NicpXG4gIGNvbnN0IHBhcnRzID0gWy4uLnBhcnRzT2ZFbmdpbmUocmVhZCldLnNvcnQoKFthXSwgW2JdKSA9PiAoYSA8IGIgPyAtMSA6IDEpKVxuICBmb3IgKGNvbnN0IFtuYW1lLCB0b2tlbnNdIG9mIFsuLi5wYXJ0cywgWydvcHRpb25zJywgb3B0aW9uc10gYXMgY29uc3RdKSBoYXNoLnVwZGF0ZShKU09OLnN0cmluZ2lmeShbbmFtZSwgdG9rZW5zXSkpXG4gIHJldHVybiBoYXNoLmRpZ2VzdCgnaGV4Jylcbn1cblxuLyoqIFRva2VucyBvZiBlYWNoIHBhcnQgb2YgdGhlIGVuZ2luZSB0aGF0IGRlY2lkZXMgYml0cywgYnkgYGZpbGUgbmFtZWAuICovXG5leHBvcnQgZnVuY3Rpb24gcGFydHNPZkVuZ2luZShyZWFkOiBSZWFkU291cmNlKTogTWFwPHN0cmluZywgcmVhZG9ubHkgc3RyaW5nW10+IHtcbiAgY29uc3Qgd2FsayA9IG5ldyBXYWxrKHJlYWQpXG4gIGZvciAoY29uc3QgeyBmaWxlLCBuYW1lIH0gb2YgZW50cmllcykgd2Fsay5mb2xsb3coZmlsZSwgbmFtZSlcbiAgZm9yIChjb25zdCBmaWxlIG9mIGZpbGVzT2ZLZXJuZWxzKHJlYWQpKSB3YWxrLnBhcnRzLnNldChmaWxlLCB0b2tlbnNPZihyZWFkKGZpbGUpKSlcbiAgcmV0dXJuIHdhbGsucGFydHNcbn1cblxuZnVuY3Rpb24gZmlsZXNPZktlcm5lbHMocmVhZDogUmVhZFNvdXJjZSk6IFNldDxzdHJpbmc+IHtcbiAgY29uc3QgZmlsZXMgPSBuZXcgU2V0KFtrZXJuZWxzXSlcbiAgLy8gQSBzZXQgdmlzaXRzIHdoYXQgaXMgYWRkZWQgZHVyaW5nIGl0cyBsb29wLlxuICBmb3IgKGNvbnN0IGZpbGUgb2YgZmlsZXMpIGZvciAoY29uc3QgbmFtZSBvZiBpbXBvcnRlZEJ5KHJlYWQoZmlsZSkpKSBmaWxlcy5hZGQoYCR7cG9zaXguam9pbihwb3NpeC5kaXJuYW1lKGZpbGUpLCBuYW1lKX0udHNgKVxuICByZXR1cm4gZmlsZXNcbn1cblxuLyoqIENvbGxlY3RzIGRlY2xhcmF0aW9ucyBhbmQgYWxsIGRlY2xhcmF0aW9ucyB0aGF0IHRoZXkgcmVmZXIgdG8uICovXG5jbGFzcyBXYWxrIHtcbiAgcmVhZG9ubHkgcGFydHMgPSBuZXcgTWFwPHN0cmluZywgcmVhZG9ubHkgc3RyaW5nW10+KClcbiAgcmVhZG9ubHkgI21vZHVsZXMgPSBuZXcgTWFwPHN0cmluZywgTW9kdWxlPigpXG4gIHJlYWRvbmx5ICNyZWFkOiBSZWFkU291cmNlXG5cbiAgY29uc3RydWN0b3IocmVhZDogUmVhZFNvdXJjZSkge1xuICAgIHRoaXMuI3JlYWQgPSByZWFkXG4gIH1cblxuICAvKiogQWRkcyB3aGF0IGEgbW9kdWxlIGRlY2xhcmVzLCBpbXBvcnRzIG9yIGV4cG9ydHMgdW5kZXIgYSBuYW1lOyBgKmAgc3RhbmRzIGZvciBldmVyeXRoaW5nLiBAdGhyb3dzIEVycm9yIGlmIHRoZXJlIGlzIG5vdGhpbmcgKi9cbiAgZm9sbG93KGZpbGU6IHN0cmluZywgbmFtZTogc3RyaW5nKTogdm9pZCB7XG4gICAgaWYgKCF0aGlzLiNyZWFjaChmaWxlLCBuYW1lKSkgdGhyb3cgbmV3IEVycm9yKGBUaGUgZGlnZXN0IG9mIHRoZSBlbmdpbmUgY2Fubm90IGZpbmQgXCIke25hbWV9XCIgaW4gc3JjLWVuZ2luZS8ke2ZpbGV9LmApXG4gIH1cblxuICAjcmVhY2goZmlsZTogc3RyaW5nLCBuYW1lOiBzdHJpbmcpOiBib29sZWFuIHtcbiAgICBpZiAoIWZpbGUuZW5kc1dpdGgoJy50cycpKSByZXR1cm4gdGhpcy5wYXJ0cy5zZXQoYCR7ZmlsZX0gJHtuYW1lfWAsIFtdKS5zaXplID4gMFxuICAgIGNvbnN0IG1vZHVsZSA9IHRoaXMuI2xvYWQoZmlsZSlcbiAgICBpZiAobmFtZSA9PT0gJyonKSByZXR1cm4gdGhpcy4jcmVhY2hBbGwoZmlsZSwgbW9kdWxlKVxuICAgIGNvbnN0IHBhcnQgPSBtb2R1bGUuZGVjbGFyYXRpb25zLmdldChuYW1lKVxuICAgIGlmIChwYXJ0KSB0aGlzLiNhZGQoZmlsZSwgbmFtZSwgcGFydClcbiAgICBjb25zdCBsaW5rZWQgPSBtb2R1bGUuaW1wb3J0cy5nZXQobmFtZSkgPz8gbW9kdWxlLmV4cG9ydHMuZ2V0KG5hbWUpXG4gICAgaWYgKGxpbmtlZCkgdGhpcy5mb2xsb3cocmVzb2x2ZWQoZmlsZSwgbGlua2VkLmZyb20pLCBsaW5rZWQubmFtZSlcbiAgICByZXR1cm4gcGFydCAhPT0gdW5kZWZpbmVkIHx8IGxpbmtlZCAhPT0gdW5kZWZpbmVkIHx8IG1vZHVsZS5leHBvcnRzQWxsLnNvbWUoKGZyb20pID0+IHRoaXMuI3JlYWNoKHJlc29sdmVkKGZpbGUsIGZyb20pLCBuYW1lKSlcbiAgfVxuXG4gICNyZWFjaEFsbChmaWxlOiBzdHJpbmcsIHsgZGVjbGFyYXRpb25zLCBleHBvcnRzLCBleHBvcnRzQWxsIH06IE1vZHVsZSk6IGJvb2xlYW4ge1xuICAgIGZvciAoY29uc3QgbmFtZSBvZiBbLi4uZGVjbGFyYXRpb25zLmtleXMoKSwgLi4uZXhwb3J0cy5rZXlzKCldKSB0aGlzLmZvbGxvdyhmaWxlLCBuYW1lKVxuICAgIGZvciAoY29uc3QgZnJvbSBvZiBleHBvcnRzQWxsKSB0aGlzLmZvbGxvdyhyZXNvbHZlZChmaWxlLCBmcm9tKSwgJyonKVxuICAgIHJldHVybiB0cnVlXG4gIH1cblxuICAjbG9hZChmaWxlOiBzdHJpbmcpOiBNb2R1bGUge1xuICAgIGNvbnN0IGtub3duID0gdGhpcy4jbW9kdWxlcy5nZXQoZmlsZSlcbiAgICBpZiAoa25vd24pIHJldHVybiBrbm93blxuICAgIGNvbnN0IG1vZHVsZSA9IHBhcnNlTW9kdWxlKHRoaXMuI3JlYWQoZmlsZSkpXG4gICAgdGhpcy4jbW9kdWxlcy5zZXQoZmlsZSwgbW9kdWxlKVxuICAgIG1vZHVsZS5lZmZlY3RzLmZvckVhY2goKHBhcnQsIGluZGV4KSA9PiB0aGlzLiNhZGQoZmlsZSwgYHN0YXRlbWVudCAke2luZGV4fWAsIHBhcnQpKVxuICAgIHJldHVybiBtb2R1bGVcbiAgfVxuXG4gICNhZGQoZmlsZTogc3RyaW5nLCBuYW1lOiBzdHJpbmcsIHsgdG9rZW5zLCByZWZlcmVuY2VzIH06IFBhcnQpOiB2b2lkIHtcbiAgICBjb25zdCBrZXkgPSBgJHtmaWxlfSAke25hbWV9YFxuICAgIGlmICh0aGlzLnBhcnRzLmhhcyhrZXkpKSByZXR1cm5cbiAgICB0aGlzLnBhcnRzLnNldChrZXksIHRva2VucylcbiAgICBjb25zdCB7IGRlY2xhcmF0aW9ucywgaW1wb3J0cyB9ID0gdGhpcy4jbG9hZChmaWxlKVxuICAgIGZvciAoY29uc3Qgb3RoZXIgb2YgcmVmZXJlbmNlcykgaWYgKGRlY2xhcmF0aW9ucy5oYXMob3RoZXIpIHx8IGltcG9ydHMuaGFzKG90aGVyKSkgdGhpcy5mb2xsb3coZmlsZSwgb3RoZXIpXG4gIH1cbn1cblxuLyoqIEEgcGFja2FnZSBrZWVwcyBpdHMgbmFtZS4gKi9cbmNvbnN0IHJlc29sdmVkID0gKGZpbGU6IHN0cmluZywgZnJvbTogc3RyaW5nKSA9PiAoZnJvbS5zdGFydHNXaXRoKCcuJykgPyBwb3NpeC5qb2luKHBvc2l4LmRpcm5hbWUoZmlsZSksIGZyb20pIDogZnJvbSlcbiIsImltcG9ydCB7IGV4aXN0c1N5bmMsIG1rZGlyU3luYywgcmVhZEZpbGVTeW5jIH0gZnJvbSAnbm9kZTpmcydcbmltcG9ydCB7IGRpcm5hbWUsIGpvaW4gfSBmcm9tICdub2RlOnBhdGgnXG5pbXBvcnQgeyBmaWxlVVJMVG9QYXRoIH0gZnJvbSAnbm9kZTp1cmwnXG5pbXBvcnQgeyBmaWxlc0RpZ2VzdCwgaXNOb3RXcml0YWJsZSwgcmVwbGFjZUZpbGUgfSBmcm9tICcuL2RpZ2VzdC9maWxlcy50cydcbmltcG9ydCB7IGtlcm5lbE9wdGlvbnMgfSBmcm9tICcuL2tlcm5lbHMudHMnXG5cbmNvbnN0IHJvb3QgPSBmaWxlVVJMVG9QYXRoKG5ldyBVUkwoJy4uLycsIGltcG9ydC5tZXRhLnVybCkpXG5jb25zdCBlbmdpbmUgPSBqb2luKHJvb3QsICdzcmMtZW5naW5lJylcbi8qKiBSZWNvcmRzIHRoZSBzb3VyY2VzIGFuZCB0aGUgZGlnZXN0IHRoYXQgd2FzIGNvbXB1dGVkIGZyb20gdGhlbS4gKi9cbmNvbnN0IHJlY29yZCA9IGpvaW4ocm9vdCwgJ291dC9lbmdpbmUtZGlnZXN0LnR4dCcpXG5cbi8qKlxuICogRGlnZXN0IChTSEEtMjU2LCBoZXgpIG9mIHdoYXQgZGVjaWRlcyBhIHJlc3VsdCdzIGJpdHM7IHNlZSBkaWdlc3QvZW5naW5lLnRzLiBJdCBpcyB0aGUgc2FtZSBvbiBldmVyeSBwbGF0Zm9ybS5cbiAqIEl0IGlzIGNvbXB1dGVkIG9ubHkgd2hlbiBhIHNvdXJjZSBoYXMgY2hhbmdlZCwgc2luY2UgbG9hZGluZyB0aGUgY29tcGlsZXIgdGFrZXMgaGFsZiBhIHNlY29uZC5cbiAqL1xuZXhwb3J0IGFzeW5jIGZ1bmN0aW9uIGVuZ2luZURpZ2VzdCgpOiBQcm9taXNlPHN0cmluZz4ge1xuICBjb25zdCBzb3VyY2VzID0gW2ZpbGVzRGlnZXN0KGVuZ2luZSksIGZpbGVzRGlnZXN0KGpvaW4ocm9vdCwgJ3NjcmlwdHMvZGlnZXN0JykpLCAuLi5rZXJuZWxPcHRpb25zXS5qb2luKCcgJylcbiAgY29uc3QgW2tub3duLCBkaWdlc3RdID0gZXhpc3RzU3luYyhyZWNvcmQpID8gcmVhZEZpbGVTeW5jKHJlY29yZCwgJ3V0ZjgnKS5zcGxpdCgnXFxuJykgOiBbXVxuICBpZiAoa25vd24gPT09IHNvdXJjZXMpIHJldHVybiBkaWdlc3QhXG4gIGNvbnN0IHsgZGlnZXN0T2ZFbmdpbmUgfSA9IGF3YWl0IGltcG9ydCgnLi9kaWdlc3QvZW5naW5lLnRzJylcbiAgY29uc3QgY29tcHV0ZWQgPSBkaWdlc3RPZkVuZ2luZSgoZmlsZSkgPT4gcmVhZEZpbGVTeW5jKGpvaW4oZW5naW5lLCBmaWxlKSwgJ3V0ZjgnKSwga2VybmVsT3B0aW9ucylcbiAgcmVtZW1iZXIoYCR7c291cmNlc31cXG4ke2NvbXB1dGVkfWApXG4gIHJldHVybiBjb21wdXRlZFxufVxuXG4vKiogQSBjbG9uZSB0aGF0IGFub3RoZXIgdXNlciBvd25zIG1heSBiZSByZWFkLW9ubHkuIFRoZW4gdGhlIGRpZ2VzdCBpcyBjb21wdXRlZCBlYWNoIHRpbWUuICovXG5mdW5jdGlvbiByZW1lbWJlcih0ZXh0OiBzdHJpbmcpOiB2b2lkIHtcbiAgdHJ5IHtcbiAgICBta2RpclN5bmMoZGlybmFtZShyZWNvcmQpLCB7IHJlY3Vyc2l2ZTogdHJ1ZSB9KVxuICAgIHJlcGxhY2VGaWxlKHJlY29yZCwgdGV4dClcbiAgfSBjYXRjaCAoZXJyb3IpIHtcbiAgICBpZiAoIWlzTm90V3JpdGFibGUoZXJyb3IpKSB0aHJvdyBlcnJvclxuICB9XG59XG5cbi8qKiBGb3IgcHJvZ3JhbXMgdGhhdCBydW4gdGhlIGNvbW1hbmQgbGluZSBmcm9tIGl0cyBzb3VyY2VzOiB0aGUgZGlnZXN0IHRoYXQgYSBidWlsZCBwdXRzIGluLiAqL1xuZXhwb3J0IGFzeW5jIGZ1bmN0aW9uIHByb3ZpZGVFbmdpbmVEaWdlc3QoKTogUHJvbWlzZTx2b2lkPiB7XG4gIE9iamVjdC5hc3NpZ24oZ2xvYmFsVGhpcywgeyBfX0VOR0lORV9ESUdFU1RfXzogYXdhaXQgZW5naW5lRGlnZXN0KCkgfSlcbn1cbiIsImltcG9ydCB2dWUgZnJvbSAnQHZpdGVqcy9wbHVnaW4tdnVlJ1xuaW1wb3J0IHsgZGVmaW5lQ29uZmlnIH0gZnJvbSAnZWxlY3Ryb24tdml0ZSdcbmltcG9ydCB7IHJlc29sdmUgfSBmcm9tICdub2RlOnBhdGgnXG5pbXBvcnQgeyBlbmdpbmVEaWdlc3QgfSBmcm9tICcuL3NjcmlwdHMvZW5naW5lLWRpZ2VzdC50cydcbmltcG9ydCB7IGVuc3VyZUtlcm5lbHMgfSBmcm9tICcuL3NjcmlwdHMva2VybmVscy50cydcblxuY29uc3QgYXQgPSAocGF0aDogc3RyaW5nKSA9PiByZXNvbHZlKGltcG9ydC5tZXRhLmRpcm5hbWUsIHBhdGgpXG5cbi8vIFRoZSB0YXJnZXRzIGFyZSBwaW5uZWQgdG8gdGhlIG9sZGVzdCBFbGVjdHJvbiB0aGF0IGRldmVsb3BtZW50IHJ1bnMgb24sIHNlZSBDT05UUklCVVRJTkcubWQuXG5jb25zdCBub2RlVGFyZ2V0ID0gJ25vZGUyMC4xOCdcbmNvbnN0IGNocm9tZVRhcmdldCA9ICdjaHJvbWUxMzAnXG5cbmF3YWl0IGVuc3VyZUtlcm5lbHMoKVxuXG5leHBvcnQgZGVmYXVsdCBkZWZpbmVDb25maWcoe1xuICBtYWluOiB7XG4gICAgZGVmaW5lOiB7IF9fRU5HSU5FX0RJR0VTVF9fOiBKU09OLnN0cmluZ2lmeShhd2FpdCBlbmdpbmVEaWdlc3QoKSkgfSxcbiAgICBidWlsZDoge1xuICAgICAgdGFyZ2V0OiBub2RlVGFyZ2V0LFxuICAgICAgb3V0RGlyOiAnb3V0L21haW4nLFxuICAgICAgZXh0ZXJuYWxpemVEZXBzOiB7IGV4Y2x1ZGU6IFsnem9kJywgJ3BhcGFwYXJzZScsICdwZGZraXQnLCAnZm9udGtpdCcsICd5YXV6bCcsICd5YXpsJywgJ2g1d2FzbScsICdoeXBhcnF1ZXQnLCAnaHlwYXJxdWV0LXdyaXRlciddIH0sXG4gICAgICByb2xsZG93bk9wdGlvbnM6IHsgaW5wdXQ6IHsgbWFpbjogYXQoJ3NyYy1tYWluL2Rlc2t0b3AvbWFpbi50cycpIH0gfSxcbiAgICB9LFxuICB9LFxuICBwcmVsb2FkOiB7XG4gICAgYnVpbGQ6IHtcbiAgICAgIHRhcmdldDogbm9kZVRhcmdldCxcbiAgICAgIG91dERpcjogJ291dC9wcmVsb2FkJyxcbiAgICAgIGV4dGVybmFsaXplRGVwczogZmFsc2UsXG4gICAgICByb2xsZG93bk9wdGlvbnM6IHtcbiAgICAgICAgaW5wdXQ6IHsgcHJlbG9hZDogYXQoJ3NyYy1tYWluL3ByZWxvYWQvcHJlbG9hZC50cycpIH0sXG4gICAgICAgIG91dHB1dDogeyBmb3JtYXQ6ICdjanMnLCBlbnRyeUZpbGVOYW1lczogJ1tuYW1lXS5janMnIH0sXG4gICAgICB9LFxuICAgIH0sXG4gIH0sXG4gIHJlbmRlcmVyOiB7XG4gICAgcm9vdDogYXQoJ3NyYy1yZW5kZXJlcicpLFxuICAgIGJ1aWxkOiB7XG4gICAgICB0YXJnZXQ6IGNocm9tZVRhcmdldCxcbiAgICAgIG91dERpcjogYXQoJ291dC9yZW5kZXJlcicpLFxuICAgICAgcm9sbGRvd25PcHRpb25zOiB7IGlucHV0OiBhdCgnc3JjLXJlbmRlcmVyL2luZGV4Lmh0bWwnKSB9LFxuICAgIH0sXG4gICAgcGx1Z2luczogW3Z1ZSgpXSxcbiAgfSxcbn0pXG4iXSwibWFwcGluZ3MiOiI7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7Ozs7O0FBS0EsU0FBZ0IsWUFBWSxRQUF3QjtDQUNsRCxNQUFNLE9BQU8sV0FBVyxRQUFRO0NBQ2hDLEtBQUssTUFBTSxRQUFRLFNBQVMsV0FBVyxFQUFFLEtBQUssT0FBTyxDQUFDLENBQUMsQ0FBQyxJQUFJLE9BQU8sQ0FBQyxDQUFDLEtBQUssR0FDeEUsS0FBSyxPQUFPLEdBQUcsS0FBSyxHQUFHLENBQUMsQ0FBQyxPQUFPLGFBQWEsS0FBSyxRQUFRLElBQUksR0FBRyxNQUFNLENBQUMsQ0FBQyxXQUFXLFFBQVEsSUFBSSxDQUFDLENBQUMsQ0FBQyxPQUFPLElBQUk7Q0FFaEgsT0FBTyxLQUFLLE9BQU8sS0FBSztBQUMxQjs7QUFHQSxTQUFnQixZQUFZLE1BQWMsVUFBcUM7Q0FDN0UsTUFBTSxVQUFVLEdBQUcsS0FBSyxHQUFHLFFBQVE7Q0FDbkMsY0FBYyxTQUFTLFFBQVE7Q0FDL0IsV0FBVyxTQUFTLElBQUk7QUFDMUI7O0FBR0EsTUFBYSxpQkFBaUIsVUFBNEI7Q0FBQztDQUFVO0NBQVM7QUFBTyxDQUFDLENBQUMsU0FBVSxNQUFnQyxRQUFRLEVBQUU7QUFFM0ksTUFBTSxXQUFXLFNBQWlCLEtBQUssV0FBVyxNQUFNLEdBQUc7QUNqQjNELE1BQU1DLFNBQU8sY0FBYyxJQUFJLElBQUksT0FBQSwyQ0FBc0IsQ0FBQztBQUMxRCxNQUFNLFVBQVU7QUFDaEIsTUFBTSxTQUFTLEtBQUtBLFFBQU0sYUFBYTtBQUN2QyxNQUFNLFNBQVMsS0FBSyxRQUFRLGNBQWM7O0FBRTFDLE1BQU0sU0FBUyxLQUFLLFFBQVEsWUFBWTs7QUFHeEMsTUFBYSxnQkFBZ0I7Q0FBQztDQUFZO0NBQVE7Q0FBTztDQUFjO0NBQWE7Q0FBUTtBQUFnQjs7QUFHNUcsZUFBc0IsZ0JBQWlDO0NBQ3JELE1BQU0sTUFBTTtFQUFDLFlBQVksS0FBS0EsUUFBTSxPQUFPLENBQUM7RUFBRyxnQkFBZ0I7RUFBRyxHQUFHO0NBQWEsQ0FBQyxDQUFDLEtBQUssR0FBRztDQUM1RixJQUFJLFdBQVcsTUFBTSxLQUFLLFdBQVcsTUFBTSxLQUFLLGFBQWEsUUFBUSxNQUFNLE1BQU0sS0FBSyxPQUFPO0NBQzdGLFVBQVUsUUFBUSxFQUFFLFdBQVcsS0FBSyxDQUFDO0NBQ3JDLE1BQU0sV0FBVyxNQUFNLFFBQVE7Q0FDL0IsWUFBWSxRQUFRLFFBQVE7Q0FDNUIsWUFBWSxRQUFRLEdBQUc7Q0FDdkIsT0FBTztBQUNUO0FBRUEsZUFBZSxVQUErQjtDQUM1QyxNQUFNLEVBQUUsU0FBUyxNQUFNLE9BQU87Q0FDOUIsSUFBSSxXQUE4QjtDQUNsQyxNQUFNLEVBQUUsT0FBTyxXQUFXLE1BQU0sS0FBSztFQUFDLEdBQUcsUUFBUTtFQUFZO0VBQWFBO0VBQU07RUFBYTtFQUFnQixHQUFHO0NBQWEsR0FBRyxFQUM5SCxZQUFZLE1BQU0sYUFBYTtFQUFFLElBQUksU0FBUyxnQkFBZ0IsV0FBVztDQUF1QixFQUNsRyxDQUFDO0NBQ0QsSUFBSSxTQUFTLENBQUMsVUFBVSxNQUFNLElBQUksTUFBTSxvQ0FBb0MsUUFBUSxLQUFLLE9BQU8sU0FBUyxLQUFLLEVBQUUsT0FBTyxNQUFNLENBQUM7Q0FDOUgsT0FBTztBQUNUO0FBRUEsU0FBUyxrQkFBMEI7Q0FDakMsT0FBUSxLQUFLLE1BQU0sYUFBYSxLQUFLQSxRQUFNLDBDQUEwQyxHQUFHLE1BQU0sQ0FBQyxDQUFDLENBQXlCO0FBQzNIOzs7QUNFQSxTQUFTLEtBQWEsTUFBMEQ7Q0FDOUUsTUFBTSx3QkFBUSxJQUFJLElBQW9CO0NBQ3RDLFFBQVEsU0FBUztFQUNmLElBQUksQ0FBQyxNQUFNLElBQUksSUFBSSxHQUFHLE1BQU0sSUFBSSxNQUFNLEtBQUssSUFBSSxDQUFDO0VBQ2hELE9BQU8sTUFBTSxJQUFJLElBQUk7Q0FDdkI7QUFDRjtBQVVBLFNBQVMsSUFBSSxRQUFnQixXQUErQjtDQUMxRCxJQUFJLEdBQUcsb0JBQW9CLFNBQVMsR0FBRyxXQUFXLFFBQVEsU0FBUztNQUM5RCxJQUFJLEdBQUcsb0JBQW9CLFNBQVMsR0FBRyxXQUFXLFFBQVEsU0FBUztNQUNuRSxJQUFJLEdBQUcsb0JBQW9CLFNBQVMsR0FDdkMsS0FBSyxNQUFNLGVBQWUsVUFBVSxnQkFBZ0IsY0FBYztFQUNoRSxNQUFNLE9BQU8sT0FBTyxXQUFXO0VBQy9CLEtBQUssTUFBTSxRQUFRLFdBQVcsWUFBWSxJQUFJLEdBQUcsT0FBTyxhQUFhLElBQUksTUFBTSxJQUFJO0NBQ3JGO01BQ0ssS0FBSyxHQUFHLHNCQUFzQixTQUFTLEtBQUssR0FBRyxtQkFBbUIsU0FBUyxNQUFNLFVBQVUsTUFDaEcsT0FBTyxhQUFhLElBQUksVUFBVSxLQUFLLE1BQU0sT0FBTyxTQUFTLENBQUM7TUFFOUQsT0FBTyxRQUFRLEtBQUssT0FBTyxTQUFTLENBQUM7QUFFekM7QUFFQSxTQUFTLFdBQVcsRUFBRSxXQUFtQixFQUFFLGNBQWMsbUJBQStDO0NBQ3RHLE1BQU0sT0FBUSxnQkFBcUM7Q0FDbkQsTUFBTSxXQUFXLGNBQWM7Q0FDL0IsSUFBSSxjQUFjLE1BQU0sUUFBUSxJQUFJLGFBQWEsS0FBSyxNQUFNO0VBQUU7RUFBTSxNQUFNO0NBQVUsQ0FBQztDQUNyRixJQUFJLFlBQVksR0FBRyxrQkFBa0IsUUFBUSxHQUFHLFFBQVEsSUFBSSxTQUFTLEtBQUssTUFBTTtFQUFFO0VBQU0sTUFBTTtDQUFJLENBQUM7Q0FDbkcsSUFBSSxZQUFZLEdBQUcsZUFBZSxRQUFRLEdBQ3hDLEtBQUssTUFBTSxFQUFFLE1BQU0sa0JBQWtCLFNBQVMsVUFBVSxRQUFRLElBQUksS0FBSyxNQUFNO0VBQUU7RUFBTSxPQUFPLGdCQUFnQixLQUFBLENBQU07Q0FBSyxDQUFDO0FBRTlIO0FBRUEsU0FBUyxXQUFXLEVBQUUsU0FBUyxjQUFzQixXQUF1QztDQUMxRixNQUFNLE9BQU8sU0FBUyxTQUFTO0NBRS9CLElBQUksVUFBVSxRQUFRLE1BQU0sY0FBYztDQUMxQyxJQUFJLFNBQVMsTUFDWCxNQUFNLElBQUksTUFBTSwyQ0FBMkMsVUFBVSxRQUFRLEVBQUUsdUNBQXVDO0NBRXhILElBQUksQ0FBQyxVQUFVLGNBQWMsV0FBVyxLQUFLLElBQUk7TUFDNUMsSUFBSSxHQUFHLGVBQWUsVUFBVSxZQUFZLEdBQy9DLEtBQUssTUFBTSxFQUFFLE1BQU0sa0JBQWtCLFVBQVUsYUFBYSxVQUMxRCxRQUFRLElBQUksS0FBSyxNQUFNO0VBQUU7RUFBTSxPQUFPLGdCQUFnQixLQUFBLENBQU07Q0FBSyxDQUFDO01BR3BFLFFBQVEsSUFBSSxVQUFVLGFBQWEsS0FBSyxNQUFNO0VBQUU7RUFBTSxNQUFNO0NBQUksQ0FBQztBQUVyRTtBQUVBLFNBQVMsU0FBUyxXQUF3QztDQUV4RCxRQURlLEdBQUcsb0JBQW9CLFNBQVMsS0FBSyxHQUFHLG9CQUFvQixTQUFTLE1BQ25FLFVBQVUsa0JBQW1CLFVBQVUsZ0JBQXFDLE9BQU87QUFDdEc7QUFFQSxTQUFTLFdBQVcsTUFBZ0M7Q0FDbEQsSUFBSSxHQUFHLGFBQWEsSUFBSSxHQUFHLE9BQU8sQ0FBQyxLQUFLLElBQUk7Q0FDNUMsT0FBTyxLQUFLLFNBQVMsU0FBUyxZQUFhLEdBQUcsaUJBQWlCLE9BQU8sSUFBSSxXQUFXLFFBQVEsSUFBSSxJQUFJLENBQUMsQ0FBRTtBQUMxRzs7QUFhQSxVQUFVLE9BQU8sTUFBa0M7Q0FDakQsSUFBSSxHQUFHLFFBQVEsSUFBSSxLQUFLLFlBQVksSUFBSSxHQUFHO0NBQzNDLElBQUksR0FBRyxpQkFBaUIsSUFBSSxHQUFHLE9BQU8sTUFBTTtDQUM1QyxNQUFNLFdBQVcsS0FBSyxZQUFZO0NBQ2xDLElBQUksU0FBUyxTQUFTLEdBQUcsS0FBSyxNQUFNLFNBQVMsVUFBVSxPQUFPLE9BQU8sS0FBSztNQUNyRSxJQUFJLEtBQUssUUFBUSxNQUFNLElBQUksTUFBTSxLQUFLLFFBQVE7QUFDckQ7QUFFQSxVQUFVLFdBQVcsTUFBa0M7Q0FDckQsSUFBSSxHQUFHLGlCQUFpQixJQUFJLEtBQUssWUFBWSxJQUFJLEdBQUc7Q0FDcEQsSUFBSSxHQUFHLGFBQWEsSUFBSSxLQUFLLENBQUMsTUFBTSxJQUFJLEdBQUcsTUFBTSxLQUFLO0NBQ3RELEtBQUssTUFBTSxTQUFTLEtBQUssWUFBWSxHQUFHLE9BQU8sV0FBVyxLQUFLO0FBQ2pFOztBQUdBLFNBQVMsTUFBTSxNQUE4QjtDQUMzQyxNQUFNLEVBQUUsV0FBVztDQUduQixRQUZnQixHQUFHLDJCQUEyQixNQUFNLEtBQUssR0FBRyxxQkFBcUIsTUFBTSxLQUNsRixHQUFHLG9CQUFvQixNQUFNLEtBQUssR0FBRyxzQkFBc0IsTUFBTSxNQUNwRCxPQUFPLFNBQVM7QUFDcEM7OztDQWhIYSxjQUFjLE1BQU0sU0FBeUI7RUFDeEQsTUFBTSxTQUFpQjtHQUFFLDhCQUFjLElBQUksSUFBSTtHQUFHLFNBQVMsQ0FBQztHQUFHLHlCQUFTLElBQUksSUFBSTtHQUFHLHlCQUFTLElBQUksSUFBSTtHQUFHLFlBQVksQ0FBQztFQUFFO0VBQ3RILEtBQUssTUFBTSxhQUFhLE1BQU0sT0FBTyxJQUFJLENBQUMsQ0FBQyxDQUFDLFlBQVksSUFBSSxRQUFRLFNBQVM7RUFDN0UsT0FBTztDQUNULENBQUM7Q0FHWSxXQUFXLE1BQU0sU0FBMkIsQ0FBQyxHQUFHLE9BQU8sTUFBTSxJQUFJLENBQUMsQ0FBQyxDQUFDO0NBR3BFLGNBQWMsU0FBMkIsTUFBTSxJQUFJLENBQUMsQ0FBQyxXQUFXLFNBQVMsY0FBYyxTQUFTLFNBQVMsS0FBSyxDQUFDLENBQUM7Q0FXdkgsU0FBUyxTQUFpQixHQUFHLGlCQUFpQixhQUFhLEtBQUssV0FBVyxRQUFRLElBQUksR0FBRyxHQUFHLGFBQWEsUUFBUSxJQUFJO0NBRXRILFVBQVUsU0FBaUIsR0FBRyxnQkFBZ0IsTUFBTSxFQUN4RCxpQkFBaUI7RUFDZixRQUFRLEdBQUcsYUFBYTtFQUFRLFFBQVEsR0FBRyxXQUFXO0VBQVEsc0JBQXNCO0VBQU0sZ0JBQWdCO0NBQzVHLEVBQ0YsQ0FBQyxDQUFDLENBQUM7Q0FzREcsVUFBVSxVQUF5QjtFQUFFLFFBQVEsQ0FBQyxHQUFHLE9BQU8sSUFBSSxDQUFDO0VBQUcsWUFBWSxJQUFJLElBQUksV0FBVyxJQUFJLENBQUM7Q0FBRTtDQUd0RyxnQ0FBZ0IsSUFBSSxJQUFJO0VBQzVCO0VBQVU7RUFBUztFQUFXO0VBQVE7RUFBWTtFQUFVO0VBQVU7RUFBYTtFQUFXO0VBQVk7Q0FDNUcsQ0FBQztDQUVLLGVBQWUsVUFDbEIsR0FBRyxxQkFBcUIsSUFBSSxLQUFLLEdBQUcsOEJBQThCLElBQUksTUFBTSxjQUFjLElBQUksS0FBSyxLQUFLLFFBQVEsQ0FBQzs7Ozs7Ozs7Ozs7Ozs7QUMvRnBILFNBQWdCLGVBQWUsTUFBa0IsU0FBb0M7Q0FDbkYsTUFBTSxPQUFPLFdBQVcsUUFBUTtDQUNoQyxNQUFNLFFBQVEsQ0FBQyxHQUFHLGNBQWMsSUFBSSxDQUFDLENBQUMsQ0FBQyxNQUFNLENBQUMsSUFBSSxDQUFDLE9BQVEsSUFBSSxJQUFJLEtBQUssQ0FBRTtDQUMxRSxLQUFLLE1BQU0sQ0FBQyxNQUFNLFdBQVcsQ0FBQyxHQUFHLE9BQU8sQ0FBQyxXQUFXLE9BQU8sQ0FBVSxHQUFHLEtBQUssT0FBTyxLQUFLLFVBQVUsQ0FBQyxNQUFNLE1BQU0sQ0FBQyxDQUFDO0NBQ2xILE9BQU8sS0FBSyxPQUFPLEtBQUs7QUFDMUI7O0FBR0EsU0FBZ0IsY0FBYyxNQUFrRDtDQUM5RSxNQUFNLE9BQU8sSUFBSSxLQUFLLElBQUk7Q0FDMUIsS0FBSyxNQUFNLEVBQUUsTUFBTSxVQUFVLFNBQVMsS0FBSyxPQUFPLE1BQU0sSUFBSTtDQUM1RCxLQUFLLE1BQU0sUUFBUSxlQUFlLElBQUksR0FBRyxLQUFLLE1BQU0sSUFBSSxNQUFNLFNBQVMsS0FBSyxJQUFJLENBQUMsQ0FBQztDQUNsRixPQUFPLEtBQUs7QUFDZDtBQUVBLFNBQVMsZUFBZSxNQUErQjtDQUNyRCxNQUFNLHdCQUFRLElBQUksSUFBSSxDQUFDLE9BQU8sQ0FBQztDQUUvQixLQUFLLE1BQU0sUUFBUSxPQUFPLEtBQUssTUFBTSxRQUFRLFdBQVcsS0FBSyxJQUFJLENBQUMsR0FBRyxNQUFNLElBQUksR0FBRyxNQUFNLEtBQUssTUFBTSxRQUFRLElBQUksR0FBRyxJQUFJLEVBQUUsSUFBSTtDQUM1SCxPQUFPO0FBQ1Q7OztDQXhDc0YsWUFBQTtDQU16RSxVQUFVLENBQ3JCO0VBQUUsTUFBTTtFQUF1QixNQUFNO0NBQVUsR0FDL0M7RUFBRSxNQUFNO0VBQTJCLE1BQU07Q0FBYSxDQUN4RDtDQUdNLFVBQVU7Q0ErQlYsT0FBTixNQUFXO0VBQ1Qsd0JBQWlCLElBQUksSUFBK0I7RUFDcEQsMkJBQW9CLElBQUksSUFBb0I7RUFDNUM7RUFFQSxZQUFZLE1BQWtCO0dBQzVCLEtBQUssUUFBUTtFQUNmOztFQUdBLE9BQU8sTUFBYyxNQUFvQjtHQUN2QyxJQUFJLENBQUMsS0FBSyxPQUFPLE1BQU0sSUFBSSxHQUFHLE1BQU0sSUFBSSxNQUFNLHlDQUF5QyxLQUFLLGtCQUFrQixLQUFLLEVBQUU7RUFDdkg7RUFFQSxPQUFPLE1BQWMsTUFBdUI7R0FDMUMsSUFBSSxDQUFDLEtBQUssU0FBUyxLQUFLLEdBQUcsT0FBTyxLQUFLLE1BQU0sSUFBSSxHQUFHLEtBQUssR0FBRyxRQUFRLENBQUMsQ0FBQyxDQUFDLENBQUMsT0FBTztHQUMvRSxNQUFNLFNBQVMsS0FBSyxNQUFNLElBQUk7R0FDOUIsSUFBSSxTQUFTLEtBQUssT0FBTyxLQUFLLFVBQVUsTUFBTSxNQUFNO0dBQ3BELE1BQU0sT0FBTyxPQUFPLGFBQWEsSUFBSSxJQUFJO0dBQ3pDLElBQUksTUFBTSxLQUFLLEtBQUssTUFBTSxNQUFNLElBQUk7R0FDcEMsTUFBTSxTQUFTLE9BQU8sUUFBUSxJQUFJLElBQUksS0FBSyxPQUFPLFFBQVEsSUFBSSxJQUFJO0dBQ2xFLElBQUksUUFBUSxLQUFLLE9BQU8sU0FBUyxNQUFNLE9BQU8sSUFBSSxHQUFHLE9BQU8sSUFBSTtHQUNoRSxPQUFPLFNBQVMsS0FBQSxLQUFhLFdBQVcsS0FBQSxLQUFhLE9BQU8sV0FBVyxNQUFNLFNBQVMsS0FBSyxPQUFPLFNBQVMsTUFBTSxJQUFJLEdBQUcsSUFBSSxDQUFDO0VBQy9IO0VBRUEsVUFBVSxNQUFjLEVBQUUsY0FBYyxTQUFTLGNBQStCO0dBQzlFLEtBQUssTUFBTSxRQUFRLENBQUMsR0FBRyxhQUFhLEtBQUssR0FBRyxHQUFHLFFBQVEsS0FBSyxDQUFDLEdBQUcsS0FBSyxPQUFPLE1BQU0sSUFBSTtHQUN0RixLQUFLLE1BQU0sUUFBUSxZQUFZLEtBQUssT0FBTyxTQUFTLE1BQU0sSUFBSSxHQUFHLEdBQUc7R0FDcEUsT0FBTztFQUNUO0VBRUEsTUFBTSxNQUFzQjtHQUMxQixNQUFNLFFBQVEsS0FBSyxTQUFTLElBQUksSUFBSTtHQUNwQyxJQUFJLE9BQU8sT0FBTztHQUNsQixNQUFNLFNBQVMsWUFBWSxLQUFLLE1BQU0sSUFBSSxDQUFDO0dBQzNDLEtBQUssU0FBUyxJQUFJLE1BQU0sTUFBTTtHQUM5QixPQUFPLFFBQVEsU0FBUyxNQUFNLFVBQVUsS0FBSyxLQUFLLE1BQU0sYUFBYSxTQUFTLElBQUksQ0FBQztHQUNuRixPQUFPO0VBQ1Q7RUFFQSxLQUFLLE1BQWMsTUFBYyxFQUFFLFFBQVEsY0FBMEI7R0FDbkUsTUFBTSxNQUFNLEdBQUcsS0FBSyxHQUFHO0dBQ3ZCLElBQUksS0FBSyxNQUFNLElBQUksR0FBRyxHQUFHO0dBQ3pCLEtBQUssTUFBTSxJQUFJLEtBQUssTUFBTTtHQUMxQixNQUFNLEVBQUUsY0FBYyxZQUFZLEtBQUssTUFBTSxJQUFJO0dBQ2pELEtBQUssTUFBTSxTQUFTLFlBQVksSUFBSSxhQUFhLElBQUksS0FBSyxLQUFLLFFBQVEsSUFBSSxLQUFLLEdBQUcsS0FBSyxPQUFPLE1BQU0sS0FBSztFQUM1RztDQUNGO0NBR00sWUFBWSxNQUFjLFNBQWtCLEtBQUssV0FBVyxHQUFHLElBQUksTUFBTSxLQUFLLE1BQU0sUUFBUSxJQUFJLEdBQUcsSUFBSSxJQUFJOztBQ3pGakgsTUFBTSxPQUFPLGNBQWMsSUFBSSxJQUFJLE9BQUEsaURBQXNCLENBQUM7QUFDMUQsTUFBTSxTQUFTLEtBQUssTUFBTSxZQUFZOztBQUV0QyxNQUFNLFNBQVMsS0FBSyxNQUFNLHVCQUF1Qjs7Ozs7QUFNakQsZUFBc0IsZUFBZ0M7Q0FDcEQsTUFBTSxVQUFVO0VBQUMsWUFBWSxNQUFNO0VBQUcsWUFBWSxLQUFLLE1BQU0sZ0JBQWdCLENBQUM7RUFBRyxHQUFHO0NBQWEsQ0FBQyxDQUFDLEtBQUssR0FBRztDQUMzRyxNQUFNLENBQUMsT0FBTyxVQUFVLFdBQVcsTUFBTSxJQUFJLGFBQWEsUUFBUSxNQUFNLENBQUMsQ0FBQyxNQUFNLElBQUksSUFBSSxDQUFDO0NBQ3pGLElBQUksVUFBVSxTQUFTLE9BQU87Q0FDOUIsTUFBTSxFQUFFLG1CQUFtQixNQUFBLFFBQUEsUUFBQSxDQUFBLENBQUEsWUFBQSxZQUFBLEdBQUEsZUFBQTtDQUMzQixNQUFNLFdBQVcsZ0JBQWdCLFNBQVMsYUFBYSxLQUFLLFFBQVEsSUFBSSxHQUFHLE1BQU0sR0FBRyxhQUFhO0NBQ2pHLFNBQVMsR0FBRyxRQUFRLElBQUksVUFBVTtDQUNsQyxPQUFPO0FBQ1Q7O0FBR0EsU0FBUyxTQUFTLE1BQW9CO0NBQ3BDLElBQUk7RUFDRixVQUFVLFFBQVEsTUFBTSxHQUFHLEVBQUUsV0FBVyxLQUFLLENBQUM7RUFDOUMsWUFBWSxRQUFRLElBQUk7Q0FDMUIsU0FBUyxPQUFPO0VBQ2QsSUFBSSxDQUFDLGNBQWMsS0FBSyxHQUFHLE1BQU07Q0FDbkM7QUFDRjs7QUMzQkEsTUFBTSxNQUFNLFNBQWlCLFFBQVEsWUFBWSxTQUFTLElBQUk7QUFHOUQsTUFBTSxhQUFhO0FBQ25CLE1BQU0sZUFBZTtBQUVyQixNQUFNLGNBQWM7QUFFcEIsSUFBQSwrQkFBZSxhQUFhO0NBQzFCLE1BQU07RUFDSixRQUFRLEVBQUUsbUJBQW1CLEtBQUssVUFBVSxNQUFNLGFBQWEsQ0FBQyxFQUFFO0VBQ2xFLE9BQU87R0FDTCxRQUFRO0dBQ1IsUUFBUTtHQUNSLGlCQUFpQixFQUFFLFNBQVM7SUFBQztJQUFPO0lBQWE7SUFBVTtJQUFXO0lBQVM7SUFBUTtJQUFVO0lBQWE7R0FBa0IsRUFBRTtHQUNsSSxpQkFBaUIsRUFBRSxPQUFPLEVBQUUsTUFBTSxHQUFHLDBCQUEwQixFQUFFLEVBQUU7RUFDckU7Q0FDRjtDQUNBLFNBQVMsRUFDUCxPQUFPO0VBQ0wsUUFBUTtFQUNSLFFBQVE7RUFDUixpQkFBaUI7RUFDakIsaUJBQWlCO0dBQ2YsT0FBTyxFQUFFLFNBQVMsR0FBRyw2QkFBNkIsRUFBRTtHQUNwRCxRQUFRO0lBQUUsUUFBUTtJQUFPLGdCQUFnQjtHQUFhO0VBQ3hEO0NBQ0YsRUFDRjtDQUNBLFVBQVU7RUFDUixNQUFNLEdBQUcsY0FBYztFQUN2QixPQUFPO0dBQ0wsUUFBUTtHQUNSLFFBQVEsR0FBRyxjQUFjO0dBQ3pCLGlCQUFpQixFQUFFLE9BQU8sR0FBRyx5QkFBeUIsRUFBRTtFQUMxRDtFQUNBLFNBQVMsQ0FBQyxJQUFJLENBQUM7Q0FDakI7QUFDRixDQUFDIn0=