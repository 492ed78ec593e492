const { join } = require('node:path')

/**
 * Switches in Electron's binary, turned after packing and before signing. They close the ways to make the installed
 * program run other code: as plain Node, with NODE_OPTIONS, under an inspector, or from files beside its sealed archive.
 */
const fuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
}

/** @param {import('electron-builder').AfterPackContext} context */
async function afterPack(context) {
  // The package is an ES module, and electron-builder wants a CommonJS hook.
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flipFuses(executableOf(context), {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: context.electronPlatformName === 'darwin',
    ...Object.fromEntries(Object.entries(fuses).map(([name, isOn]) => [FuseV1Options[name], isOn])),
  })
}

function executableOf({ appOutDir, electronPlatformName, packager }) {
  const { productFilename } = packager.appInfo
  if (electronPlatformName === 'darwin') return join(appOutDir, `${productFilename}.app`)
  if (electronPlatformName === 'win32') return join(appOutDir, `${productFilename}.exe`)
  return join(appOutDir, packager.executableName)
}

module.exports = { default: afterPack, fuses }
