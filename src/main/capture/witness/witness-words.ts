/** What each way of recording shows and does not, in sentences for the provenance. */
export const accountOfWitness: Record<
  'browser' | 'wire',
  { shows: readonly string[]; doesNotShow: readonly string[] }
> = {
  browser: {
    shows: [
      'What each page, frame and worker asked for and received, as the browser handed it over.',
      'Request and answer headers as sent, the server’s address as used by Constat’s own exit, and the TLS version, cipher and certificate names the browser reports.',
    ],
    doesNotShow: [
      'Bodies as transferred: the browser hands them over after undoing compression and chunking; the headers that described the transfer are kept under x-orig- names.',
      'The whole certificate chain, bodies of redirects, and bodies the page was not allowed to read (CORS).',
      'All headers sent by shared workers, and by service workers for their own scripts: the browser names only those the script set.',
      'What a page sends as it is left (beacons, requests that outlive it), the heads of files saved by a link with download, and WebSocket messages sent as a Blob.',
      'The second look the browser takes at a service worker’s script, outside every page, to see whether it changed.',
      'That the server meant to send this: it shows what this browser received at this time.',
    ],
  },
  wire: {
    shows: [
      'Every request and answer as it passed Constat’s own exit: heads and bodies as sent, compression included; chunks joined, and the headers of HTTP/2 written as those of HTTP/1.1.',
      'For each connection the server’s address, the TLS version and cipher, and the certificates the server sent on that very connection, checked there against Mozilla’s roots and this machine’s.',
      'Beside it what the browser said of the same requests, compared one by one.',
    ],
    doesNotShow: [
      'The browser’s own way of beginning a TLS connection: servers saw that of Constat’s exit, and some answer it differently.',
      'Proof for somebody else that the bytes came from the server: TLS gives none.',
      'That the server meant to send this: it shows what this machine received at this time.',
    ],
  },
};
