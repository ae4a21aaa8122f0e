import type { GuideWords } from './guide.ts';

/** The words of VERIFY.txt in English. */
export const english: GuideWords = {
  title: 'HOW TO CHECK THIS BUNDLE WITHOUT CONSTAT',
  intro: (
    software,
  ) => `This bundle was written by ${software}. Nothing below needs that program. The commands are for a terminal opened
in this folder (the one that holds bagit.txt). Lines that begin with four blanks are the commands; type or
paste them in order, a block at a time.

A warning first. A program, a page or a text that comes inside a bundle can lie, this file too. If someone made a
false bundle, they made its keys and its instructions with it. What cannot be forged is the operator's key, so
before anything else ask the operator for the fingerprint of the key over ANOTHER CHANNEL (by telephone, on paper,
in person, from an earlier bundle) and compare it with what step 2 prints. It should be:`,
  systems: `Linux: all commands work as they are (sha256sum, ssh-keygen, openssl 3).
macOS: where sha256sum is missing, type first:   alias sha256sum='shasum -a 256'
  The openssl of macOS lacks a part of step 3; install OpenSSL 3 (brew install openssl) or leave step 3 out:
  the signature of step 2 covers the same file.
Windows: see the end of this file.

To run everything at once, on Linux: put the commands in a file, read it, then run it. It stops at the first fault.
  $ sed -n 's/^    //p' VERIFY.txt > /tmp/check.sh
  $ less /tmp/check.sh
  $ sh -e /tmp/check.sh`,
  steps: {
    begin: ['0. A place for passing files', 'Outside of the bundle, so that nothing in it is touched.'],
    files: [
      '1. No file was changed, lost or added',
      `Every line must end in OK. The first list covers the evidence (folder data), the second everything else. Then the
files are counted: there must be as many as the two lists name, and two more (the second list and its signature).
An empty folder is in no list, so there must be none. Some systems leave files of their own in a folder that was
looked at (.DS_Store, Thumbs.db): they count as a file too many.
manifest-sha512.txt is a second list of the evidence with another method: sha512sum -c manifest-sha512.txt`,
    ],
    signature: [
      '2. Who signed it',
      `Must print: Good "constat-bundle@constat.invalid" signature for operator with ED25519 key SHA256:...
Compare that SHA256:... with the fingerprint you got over another channel. Then: the three files in keys/ are one key.`,
    ],
    head: [
      '3. The head of the custody log is signed by the same key',
      `data/log/checkpoint.txt holds the name of the log, how many entries it has, and one number (the root) that depends on
every one of them. Must print: Signature Verified Successfully`,
    ],
    entries: [
      '4. Each entry shown is in that log, at its place',
      `Each line of data/log/events.jsonl is an entry. Hashed with the steps of its proof it must give the root (RFC 6962).
Every line must say: in the log. It takes about a second for ten entries.`,
    ],
    details: [
      '5. What the entries say in full is what was entered',
      `An entry holds only a digest of its detail, so that details can be withheld. Those in data/log/details.jsonl must fit.`,
    ],
    archives: [
      '6. Each archive is the one that was sealed',
      `The entry "item.sealed" holds the SHA-256 of the archive and the identifier of the capture. The capture must be the one
that capture.json, beside the archive, names.
What else stands beside an archive (pictures, texts, the other JSON files) is covered by the lists of step 1 and the
signature of step 2 only: these steps do not compare it with the archive. "constat verify" compares each of them
with what is sealed in the archive; so can you, by opening archive.wacz with any WACZ player.
Where archive-redacted.wacz stands instead, the sealed archive is not here: it holds cookies or passwords. The line then
gives the hash the log has of the original. The copy says in omissions.json, record by record, what was left out; that
nothing else differs cannot be checked without the original. Should you be given it: its sha256sum must be that hash, and
"constat verify --original ORIGINAL ." makes the copy again and compares every byte (so does: constat redact ORIGINAL
COPY, then cmp). The copy follows from the original alone, on any computer.`,
    ],
    end: ['7. Tidy up', 'Removes the passing files of step 0.'],
  },
  windows: `WINDOWS (PowerShell; ssh-keygen is part of Windows 10 and later)
Steps 1 and 2. The first command prints a line for each file that was changed or lost, the second one if there is a file too
many; nothing if there is none.
  PS> Get-Content manifest-sha256.txt, tagmanifest-sha256.txt -Encoding UTF8 | ForEach-Object { $h, $p = $_ -split '  ', 2; if ((Get-FileHash -LiteralPath $p -Algorithm SHA256).Hash -ne $h) { "CHANGED OR LOST: $p" } }
  PS> if (@(Get-ChildItem -Recurse -File -Force).Count -ne @(Get-Content manifest-sha256.txt, tagmanifest-sha256.txt).Count + 2) { "A FILE TOO MANY OR TOO FEW" }
  PS> cmd /c "ssh-keygen -Y verify -f keys\\allowed_signers -I operator -n constat-bundle@constat.invalid -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt"
The other steps run as they are in "Git Bash" (part of Git for Windows) or in the Windows Subsystem for Linux.`,
  archives: `THE ARCHIVES THEMSELVES
archive.wacz is an open format. https://replayweb.page shows it (choose the file; it stays on your computer); any
program for WACZ or WARC 1.1 reads it. The documents are kept as dom.html.txt on purpose: opened as a page, a
captured page would run its scripts on your computer.

THE REPORT
data/report.html is the statement of whoever signed this bundle. It is signed like every other file, but nothing
recomputes what it says: neither these steps nor "constat verify", which only makes sure that the exhibits it names
are those that are here. Where it matters, read the archives and data/log instead.

WHAT THIS DOES NOT SHOW
That the content is true; who wrote it; that the server showed the same to others; that the operator's computer and
clock were right; what is in the entries of the log and in the details that are not shown here. data/report.html says
more.`,
};
