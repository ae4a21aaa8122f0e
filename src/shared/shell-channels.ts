/** Names under which the desktop window talks to its shell. Everything else the interface asks goes to the core over a port. */
export const shellChannels = {
  connect: 'constat:connect',
  port: 'constat:port',
  chooseNewCase: 'constat:choose-new-case',
  chooseCase: 'constat:choose-case',
  chooseDestination: 'constat:choose-destination',
  chooseBundle: 'constat:choose-bundle',
  reveal: 'constat:reveal',
  openReplay: 'constat:open-replay',
} as const;
