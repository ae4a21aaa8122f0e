/** What made a record: printed in every WARC, event, report and bundle. A test holds it equal to package.json. */
export const software = { name: 'Constat', version: '0.1.0' } as const;

/** `Constat/0.1.0`, the form used in WARC, WACZ and BagIt metadata. */
export const softwareName = `${software.name}/${software.version}`;
