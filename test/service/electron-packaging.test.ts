import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import packaging, { fuses } from '../../build/electron-builder.ts';

it('the packed program runs its own packed code and nothing else', () => {
  expect(fuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  });
  expect(packaging).toMatchObject({ asar: true, electronFuses: fuses, npmRebuild: false, publish: null });
  expect(packaging.mac.hardenedRuntime).toBe(true);
});

it('what is to be packed is what the build makes, and never sources, tests or cases', () => {
  const taken = packaging.files.filter((pattern) => !pattern.startsWith('!'));
  expect(taken).toEqual(['out/main/**', 'out/preload/**', 'out/renderer/**', 'package.json', 'LICENSE']);
  expect(existsSync(packaging.mac.entitlements)).toBe(true);
  expect(existsSync('build/icon.png')).toBe(true);
});
