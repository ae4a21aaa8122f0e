import react from '@vitejs/plugin-react';
import tailwindcss from '@tailwindcss/vite';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The interface, built once for both shells: the desktop serves it from its own scheme, the browser host from loopback.
 * Relative addresses and no inline script or style, so that the strict content security policy of either holds.
 */
export default defineConfig({
  root: here('./src/renderer'),
  base: './',
  plugins: [react(), tailwindcss()],
  build: {
    outDir: here('./out/renderer'),
    emptyOutDir: true,
    minify: true,
    target: ['chrome130', 'firefox130', 'safari18'],
    cssTarget: ['chrome130', 'firefox130', 'safari18'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
});
