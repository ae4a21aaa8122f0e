import { describe, expect, it } from 'vitest';
import { importsOf, sqlViolation, violation } from '../../scripts/layers.ts';

describe('who may use whom', () => {
  it.each([
    ['src/main/custody/log.ts', '../vault/case-file.ts'],
    ['src/main/capture/service.ts', '../custody/log.ts'],
    ['src/main/api/router.ts', '../bundle/export.ts'],
    ['src/main/vault/a.ts', '../../shared/problems.ts'],
    ['src/renderer/app/rpc.ts', '../../shared/contract/contract.ts'],
    ['src/main/hosts/electron/main.ts', 'electron'],
  ])('lets %s use %s', (from, specifier) => expect(violation({ from, specifier })).toBeNull());

  it.each([
    ['src/main/vault/a.ts', '../custody/log.ts'],
    ['src/main/vault/a.ts', '../archive/bytes.ts'],
    ['src/main/bundle/export.ts', '../capture/service.ts'],
    ['src/renderer/app/rpc.ts', '../../main/api/router.ts'],
    ['src/main/api/router.ts', '../../renderer/app/rpc.ts'],
    ['src/shared/ids.ts', 'node:crypto'],
    ['src/shared/ids.ts', '../main/vault/case-file.ts'],
    ['src/main/api/router.ts', 'electron'],
    ['src/main/attic/a.ts', '../vault/case-file.ts'],
  ])('refuses that %s uses %s', (from, specifier) => expect(violation({ from, specifier })).not.toBeNull());

  it('sees static, type-only, re-exported, side-effect and dynamic imports', () => {
    const text = `import a from './a.ts';\nimport type { B } from './b.ts';\nexport * from './c.ts';\nimport './d.ts';\nconst e = import('./e.ts');\nimport {\n  f,\n} from './f.ts';`;
    expect(importsOf('src/x.ts', text).map((one) => one.specifier)).toEqual(
      ['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts', './f.ts'].sort(
        (a, b) => text.indexOf(a) - text.indexOf(b),
      ),
    );
  });

  it('keeps SQL in the stores', () => {
    expect(sqlViolation('src/main/actors/service.ts', "file.prepare('SELECT 1')")).not.toBeNull();
    expect(sqlViolation('src/main/actors/store.ts', "file.prepare('SELECT 1')")).toBeNull();
  });
});
