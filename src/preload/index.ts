import { contextBridge, ipcRenderer } from 'electron';
import { shellChannels } from '../shared/shell-channels.ts';

/** What the page gets of the shell: a handful of questions, each with its own function, and no way to name a channel. */
contextBridge.exposeInMainWorld('constat', {
  port: true,
  chooseNewCase: (suggested: string) => ipcRenderer.invoke(shellChannels.chooseNewCase, suggested),
  chooseCase: () => ipcRenderer.invoke(shellChannels.chooseCase),
  chooseDestination: (suggested: string, format: string) =>
    ipcRenderer.invoke(shellChannels.chooseDestination, suggested, format),
  chooseBundle: () => ipcRenderer.invoke(shellChannels.chooseBundle),
  reveal: (path: string) => ipcRenderer.invoke(shellChannels.reveal, path),
  openReplay: (url: string) => ipcRenderer.invoke(shellChannels.openReplay, url),
});

// The port to the core cannot cross the bridge; it is posted to the page, and only to the page: not to a frame in it.
window.addEventListener('message', (event) => {
  if (event.source !== window || event.data?.type !== 'constat-port-wanted') return;
  ipcRenderer.send(shellChannels.connect);
});
ipcRenderer.on(shellChannels.port, (event) => {
  window.postMessage({ type: 'constat-port' }, window.location.origin, event.ports);
});
