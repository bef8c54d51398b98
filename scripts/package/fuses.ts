import { FuseV1Options, FuseVersion, type FuseV1Config } from '@electron/fuses'

/** Fuses of a packaged binary that differ from Electron's defaults. */
export const fuses = {
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
}

export const fuseConfig: FuseV1Config = {
  version: FuseVersion.V1,
  // Changing the binary breaks its signature, and Apple silicon does not run binaries with a broken signature.
  resetAdHocDarwinSignature: process.platform === 'darwin' && process.arch === 'arm64',
  ...fuses,
}
