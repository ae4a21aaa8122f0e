import { hardCases, startHardSite } from '../../fixtures/hard-site/site.ts';
import { html, run, type HardCase } from '../../fixtures/hard-site/case.ts';

/** Pages that are timed, and how long Scoop 0.6 took for one of their kind on two cores (milliseconds, from its published engine). */
export interface TimedPage {
  url: string;
  name: string;
  scoop: number;
}

const paragraphs = '<p>'.concat('Words of a page like many others. '.repeat(40)).repeat(12);

const simple: HardCase[] = [
  {
    name: 'simple',
    page: `<h1>Simple</h1><link rel=stylesheet href=s.css><img src=a.png><script src=a.js></script>${paragraphs}`,
  },
  {
    name: 'article',
    page: `<link rel=stylesheet href=s.css>${Array.from({ length: 12 }, (_, at) => `<img width=600 height=300 src=p${at}.png>${paragraphs}`).join('')}<iframe src=f.html></iframe>${run("await fetch('data.json').then((r) => r.json()); for (let i = 0; i < 10; i += 1) fetch('more?' + i).then((r) => r.text());")}`,
    routes: { 'f.html': [html, '<p>a frame<img src=in-frame.png>'] },
  },
];

const others: [name: string, scoop: number][] = [
  ['many-pictures', 6900],
  ['big-fetch', 27_000],
  ['never-idle', 23_000],
  ['file-frame', 62_000],
];

/** Serves the pages that are timed. */
export async function serveTimedPages(): Promise<{
  pages: TimedPage[];
  /** Drops the log of what was served. */
  forget: () => void;
  close: () => Promise<void>;
}> {
  const cases = [...simple, ...hardCases];
  const site = await startHardSite(cases);
  const of = (name: string, scoop: number): TimedPage => {
    const one = cases.find((candidate) => candidate.name === name);
    if (!one) throw new Error(`no page ${name}`);
    return { name, scoop, url: site.url(one) };
  };
  // Scoop's simple pages took 2.1 to 4.5 s; the smaller figure is the bar.
  return {
    pages: [of('simple', 2100), of('article', 2100), ...others.map(([name, scoop]) => of(name, scoop))],
    forget: () => void site.log.splice(0),
    close: () => site.close(),
  };
}
