import { FuseV1Options, FuseVersion, type FuseV1Config } from '@electron/fuses'

/** Every fuse of a packed binary that is not left as Electron sets it. */
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
  // An Apple processor runs no binary whose signature is broken, as changing it does.
  resetAdHocDarwinSignature: process.platform === 'darwin' && process.arch === 'arm64',
  ...fuses,
}
