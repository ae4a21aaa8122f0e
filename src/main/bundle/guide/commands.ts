import { places, signerName } from '../layout.ts';
import { bundleNamespace } from '../sshsig.ts';

/**
 * The commands of VERIFY.txt, in POSIX shell with nothing but what every Linux and macOS has and openssl. A step ends with a
 * status that is not 0 where something is not as it should be, and leaves nothing in the bundle. A test runs them as they are.
 */
export interface GuideStep {
  id: 'begin' | 'files' | 'signature' | 'head' | 'entries' | 'details' | 'archives' | 'end';
  commands: string;
}

const { allowedSigners, publicKey, tagManifest, signature } = places;
const [checkpoint, events, details] = [
  `data/${places.checkpoint}`,
  `data/${places.events}`,
  `data/${places.details}`,
];

export const guideSteps: readonly GuideStep[] = [
  { id: 'begin', commands: `T=$(mktemp -d); export LC_ALL=C` },
  {
    id: 'files',
    commands: `sha256sum -c manifest-sha256.txt
sha256sum -c ${tagManifest}
if test "$(find . -type f | wc -l)" -eq "$(( $(cat manifest-sha256.txt ${tagManifest} | sort -u | wc -l) + 2 ))"; then echo "no file too many"; else echo "A FILE TOO MANY OR TOO FEW"; false; fi
if test -z "$(find . -type d -empty)"; then echo "no empty folder"; else echo "AN EMPTY FOLDER"; false; fi
if test -z "$(find . ! -type f ! -type d)"; then echo "no link"; else echo "A LINK"; false; fi`,
  },
  {
    id: 'signature',
    commands: `ssh-keygen -Y verify -f ${allowedSigners} -I ${signerName} -n ${bundleNamespace} -s ${signature} < ${tagManifest}
sed 's/.* //' ${allowedSigners} | openssl base64 -d -A | tail -c 32 > "$T/key1"
openssl pkey -pubin -in ${publicKey} -outform DER | tail -c 32 > "$T/key2"
cut -d + -f 3- ${places.vkey} | openssl base64 -d -A | tail -c 32 > "$T/key3"
cmp "$T/key1" "$T/key2"
cmp "$T/key1" "$T/key3"
echo "one and the same key, unless a line above says that they differ"`,
  },
  {
    id: 'head',
    commands: `sed -n '1,3p' ${checkpoint} > "$T/note"
sed -n '5s/.* //p' ${checkpoint} | openssl base64 -d -A | tail -c 64 > "$T/note.sig"
openssl pkeyutl -verify -pubin -inkey ${publicKey} -rawin -in "$T/note" -sigfile "$T/note.sig"`,
  },
  {
    id: 'entries',
    commands: `( SIZE=$(sed -n 2p ${checkpoint}); ROOT=$(sed -n 3p ${checkpoint}); BAD=0
  while IFS= read -r LEAF || [ -n "$LEAF" ]; do
    SEQ=$(printf '%s' "$LEAF" | sed 's/.*"seq":\\([0-9]*\\).*/\\1/'); N=$SEQ; LAST=$((SIZE - 1))
    { printf '\\000'; printf '%s' "$LEAF"; } | openssl dgst -sha256 -binary > "$T/node"
    for STEP in $(sed -n '3,/^$/p' "data/log/proofs/$SEQ.tlog-proof"); do
      printf '%s' "$STEP" | openssl base64 -d -A > "$T/step"
      if [ $((N % 2)) -eq 1 ] || [ "$N" -eq "$LAST" ]; then
        { printf '\\001'; cat "$T/step" "$T/node"; } | openssl dgst -sha256 -binary > "$T/next"
        while [ $((N % 2)) -eq 0 ] && [ "$N" -ne 0 ]; do N=$((N / 2)); LAST=$((LAST / 2)); done
      else
        { printf '\\001'; cat "$T/node" "$T/step"; } | openssl dgst -sha256 -binary > "$T/next"
      fi
      mv "$T/next" "$T/node"; N=$((N / 2)); LAST=$((LAST / 2))
    done
    if [ "$LAST" -eq 0 ] && [ "$(openssl base64 -A -in "$T/node")" = "$ROOT" ]
    then echo "entry $SEQ: in the log"; else echo "entry $SEQ: NOT IN THE LOG"; BAD=1; fi
  done < ${events}; [ "$BAD" -eq 0 ] )`,
  },
  {
    id: 'details',
    commands: `( BAD=0
  while IFS= read -r LINE || [ -n "$LINE" ]; do
    SEQ=$(printf '%s' "$LINE" | sed 's/^{"seq":\\([0-9]*\\),.*/\\1/')
    SALT=$(printf '%s' "$LINE" | sed 's/^{"seq":[0-9]*,"salt":"\\([^"]*\\)".*/\\1/')
    DETAIL=$(printf '%s' "$LINE" | sed 's/^[^,]*,[^,]*,"detail"://; s/}$//')
    HASH=$({ printf '%s' "$SALT" | openssl base64 -d -A; printf '%s' "$DETAIL"; } | openssl dgst -sha256 -r | cut -c 1-64)
    if grep "\\"seq\\":$SEQ," ${events} | grep -q "\\"detail\\":\\"$HASH\\""
    then echo "detail $SEQ: as in the log"; else echo "detail $SEQ: NOT AS IN THE LOG"; BAD=1; fi
  done < ${details}; [ "$BAD" -eq 0 ] )`,
  },
  {
    id: 'archives',
    commands: `( BAD=0; COUNT=0
  for FILE in data/captures/*/archive.wacz data/captures/*/archive-redacted.wacz; do
    test -f "$FILE" || continue; COUNT=$((COUNT + 1))
    case "$FILE" in
      *-redacted.wacz) WHAT="a copy without credentials; sealed was"
        HASH=$(sed -n '/^  "original": {/,/^  }/s/^    "sha256": "\\(.*\\)",*$/\\1/p' "$(dirname "$FILE")/omissions.json"); WHAT="$WHAT $HASH";;
      *) WHAT="as sealed"; HASH=$(openssl dgst -sha256 -r "$FILE" | cut -c 1-64);;
    esac
    ID=$(sed -n 's/^  "id": "\\(.*\\)",*$/\\1/p' "$(dirname "$FILE")/capture.json")
    EXHIBIT=$(sed -n 's/^  "exhibit": \\([0-9]*\\),*$/\\1/p' "$(dirname "$FILE")/capture.json")
    PLACE="data/captures/$(printf '%03d' "$EXHIBIT")-$(printf '%.8s' "$ID")/$(basename "$FILE")"
    if [ "\${#ID}" -eq 36 ] && [ "\${#HASH}" -eq 64 ] && [ "$FILE" = "$PLACE" ] && grep '"type":"item.sealed"' ${events} |
      grep "\\"evidence\\":{\\"sha256\\":\\"$HASH\\"," | grep -qF "\\"subject\\":{\\"id\\":\\"$ID\\",\\"kind\\":\\"capture\\"}"
    then echo "$FILE: $WHAT"; else echo "$FILE: NOT AS SEALED"; BAD=1; fi
  done
  if [ "$COUNT" -eq "$(grep -c '"type":"item.sealed"' ${events})" ]
  then echo "an archive for each sealing shown"; else echo "AN ARCHIVE IS NOT THERE"; BAD=1; fi; [ "$BAD" -eq 0 ] )`,
  },
  { id: 'end', commands: `rm -r "$T"` },
];
