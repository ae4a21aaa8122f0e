/**
 * Fuses: switches in the binary itself that no command line or environment can turn back. Names as electron-builder has them;
 * it flips them after packing and before signing.
 *
 * - No running as plain Node, no NODE_OPTIONS, no inspector: the program cannot be made to run other code.
 * - Only the packed application is loaded, and only unchanged (macOS and Windows check it; Linux has no such check).
 * - `file:` pages get no privileges: we serve none.
 *
 * Interface tests drive an unfused build, because they need the inspector.
 */
export const fuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
} as const;

/** Files with a binary in them: the system loads those from disk, not from the archive. */
const unpacked = [
  '**/*.node',
  'node_modules/better-sqlite3/**',
  'node_modules/sharp/**',
  'node_modules/@img/**',
];

/**
 * Configuration of electron-builder 26 (`electron-builder --config build/electron-builder.ts`, which is not among the
 * dependencies: packaging is done where releases are signed). Nothing is published and nothing updates itself.
 */
const packaging = {
  appId: 'org.constat.desktop',
  productName: 'Constat',
  copyright: 'AGPL-3.0-or-later',
  directories: { output: 'out/packages', buildResources: 'build' },
  files: [
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'package.json',
    'LICENSE',
    '!**/*.map',
    '!**/*.d.ts',
  ],
  asar: true,
  asarUnpack: unpacked,
  // Both native packages bring binaries that fit every Node-API runtime.
  npmRebuild: false,
  electronFuses: fuses,
  electronLanguages: ['en', 'en-US', 'fr'],
  fileAssociations: [
    { ext: 'constat', name: 'Constat case', role: 'Editor', mimeType: 'application/vnd.constat' },
  ],
  publish: null,
  mac: {
    category: 'public.app-category.productivity',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'build/entitlements.mac.plist',
    entitlementsInherit: 'build/entitlements.mac.plist',
    notarize: true,
    target: ['dmg', 'zip'],
  },
  win: { target: ['nsis'] },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  linux: { category: 'Office', target: ['AppImage', 'deb', 'rpm'] },
} as const;

export default packaging;
