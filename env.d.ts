/** SHA-256 over the engine's sources, put in by the builds (electron.vite.config.ts, scripts/command-line.ts). */
declare const __ENGINE_DIGEST__: string
