/** SHA-256 over the engine's sources, put in by the build (electron.vite.config.ts). */
declare const __ENGINE_DIGEST__: string
