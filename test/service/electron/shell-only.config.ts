import config from '../../../electron.vite.config.ts';

// The desktop without the interface, which has tests of its own and takes longest to build.
const { main, preload } = config;
export default { main, preload };
