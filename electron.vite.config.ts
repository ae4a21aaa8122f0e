import { defineConfig } from 'electron-vite';
import renderer from './vite.renderer.config.ts';

/**
 * The desktop's three parts. The shell and the core are modules of one build; packages stay outside of it, in node_modules. The
 * preload runs in a sandbox that loads one CommonJS file and no package. The interface is built as for the browser host.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: { index: 'src/main/hosts/electron/main.ts', core: 'src/main/hosts/electron/core.ts' },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  // One target, as electron-vite wants it; near enough the list of the browser host, which serves the same files.
  renderer: { ...renderer, build: { ...renderer.build, target: 'es2024' } },
});
