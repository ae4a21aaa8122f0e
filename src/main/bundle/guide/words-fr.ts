import type { GuideWords } from './guide.ts';

/** The words of VERIFY.txt in French. The commands and what they print are the same as in English. */
export const french: GuideWords = {
  title: 'COMMENT VÉRIFIER CE LOT SANS CONSTAT',
  intro: (
    software,
  ) => `Ce lot a été écrit par ${software}. Rien de ce qui suit n'a besoin de ce programme. Les commandes se tapent dans un
terminal ouvert dans ce dossier (celui qui contient bagit.txt). Les lignes qui commencent par quatre espaces sont les
commandes ; tapez-les ou collez-les dans l'ordre, un bloc à la fois.

D'abord un avertissement. Un programme, une page ou un texte livrés dans un lot peuvent mentir, ce fichier aussi. Qui
fabrique un faux lot fabrique aussi ses clés et ses instructions. Ce qui ne s'imite pas, c'est la clé de l'opérateur :
avant toute chose, demandez à l'opérateur l'empreinte de sa clé PAR UNE AUTRE VOIE (au téléphone, sur papier, de vive
voix, dans un lot antérieur) et comparez-la à ce qu'affiche l'étape 2. Elle devrait être :`,
  systems: `Linux : toutes les commandes fonctionnent telles quelles (sha256sum, ssh-keygen, openssl 3).
macOS : si sha256sum manque, tapez d'abord :   alias sha256sum='shasum -a 256'
  L'openssl de macOS ne sait pas faire une partie de l'étape 3 ; installez OpenSSL 3 (brew install openssl) ou
  passez l'étape 3 : la signature de l'étape 2 couvre le même fichier.
Windows : voir la fin de ce fichier.

Pour tout exécuter d'un coup, sous Linux : mettez les commandes dans un fichier, lisez-le, puis exécutez-le. Il
s'arrête à la première anomalie.
  $ sed -n 's/^    //p' VERIFY.txt > /tmp/check.sh
  $ less /tmp/check.sh
  $ sh -e /tmp/check.sh`,
  steps: {
    begin: ['0. Un endroit pour les fichiers de passage', "En dehors du lot, pour que rien n'y soit touché."],
    files: [
      "1. Aucun fichier n'a été changé, perdu ou ajouté",
      `Chaque ligne doit finir par OK. La première liste couvre les preuves (dossier data), la seconde tout le reste. Puis les
fichiers sont comptés : il doit y en avoir autant que les deux listes en nomment, et deux de plus (la seconde liste
et sa signature). Un dossier vide n'est dans aucune liste : il ne doit pas y en avoir. Certains systèmes laissent
leurs propres fichiers dans un dossier consulté (.DS_Store, Thumbs.db) : ils comptent comme un fichier de trop.
manifest-sha512.txt est une seconde liste des preuves par une autre méthode : sha512sum -c manifest-sha512.txt`,
    ],
    signature: [
      "2. Qui l'a signé",
      `Doit afficher : Good "constat-bundle@constat.invalid" signature for operator with ED25519 key SHA256:...
Comparez ce SHA256:... à l'empreinte reçue par une autre voie. Puis : les trois fichiers de keys/ sont une même clé.`,
    ],
    head: [
      '3. La tête du journal de conservation est signée par la même clé',
      `data/log/checkpoint.txt contient le nom du journal, le nombre de ses entrées, et un nombre (la racine) qui dépend de
chacune d'elles. Doit afficher : Signature Verified Successfully`,
    ],
    entries: [
      '4. Chaque entrée reproduite est dans ce journal, à sa place',
      `Chaque ligne de data/log/events.jsonl est une entrée. Hachée avec les étapes de sa preuve, elle doit donner la racine
(RFC 6962). Chaque ligne doit dire : in the log. Comptez une seconde environ pour dix entrées.`,
    ],
    details: [
      '5. Ce que disent les entrées en entier est ce qui fut inscrit',
      `Une entrée ne contient qu'une empreinte de son détail, afin qu'un détail puisse ne pas être communiqué. Ceux de
data/log/details.jsonl doivent correspondre.`,
    ],
    archives: [
      '6. Chaque archive est celle qui fut scellée',
      `L'entrée « item.sealed » contient le SHA-256 de l'archive et l'identifiant de la capture. Cette capture doit être celle
que nomme capture.json, à côté de l'archive.
Le reste de ce qui se trouve à côté d'une archive (images, textes, autres fichiers JSON) n'est couvert que par les
listes de l'étape 1 et la signature de l'étape 2 : ces étapes ne le comparent pas à l'archive. « constat verify »
compare chacun à ce qui est scellé dans l'archive ; vous le pouvez aussi, en ouvrant archive.wacz avec n'importe
quel lecteur WACZ.
Là où se trouve archive-redacted.wacz, l'archive scellée n'est pas ici : elle contient des cookies ou des mots de passe.
La ligne donne alors l'empreinte de l'original selon le journal. La copie dit dans omissions.json, enregistrement par
enregistrement, ce qui fut omis ; que rien d'autre ne diffère ne se vérifie pas sans l'original. S'il vous est remis : son
sha256sum doit être cette empreinte, et « constat verify --original ORIGINAL . » refait la copie et compare chaque octet
(de même : constat redact ORIGINAL COPIE, puis cmp). La copie découle du seul original, sur tout ordinateur.`,
    ],
    end: ['7. Ranger', "Supprime les fichiers de passage de l'étape 0."],
  },
  windows: `WINDOWS (PowerShell ; ssh-keygen fait partie de Windows 10 et suivants)
Étapes 1 et 2. La première commande affiche une ligne par fichier changé ou perdu, la deuxième une ligne s'il y a un
fichier de trop ; rien sinon.
  PS> Get-Content manifest-sha256.txt, tagmanifest-sha256.txt -Encoding UTF8 | ForEach-Object { $h, $p = $_ -split '  ', 2; if ((Get-FileHash -LiteralPath $p -Algorithm SHA256).Hash -ne $h) { "CHANGED OR LOST: $p" } }
  PS> if (@(Get-ChildItem -Recurse -File -Force).Count -ne @(Get-Content manifest-sha256.txt, tagmanifest-sha256.txt).Count + 2) { "A FILE TOO MANY OR TOO FEW" }
  PS> cmd /c "ssh-keygen -Y verify -f keys\\allowed_signers -I operator -n constat-bundle@constat.invalid -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt"
Les autres étapes fonctionnent telles quelles dans « Git Bash » (livré avec Git pour Windows) ou dans le sous-système
Windows pour Linux.`,
  archives: `LES ARCHIVES ELLES-MÊMES
archive.wacz est un format ouvert. https://replayweb.page l'affiche (choisissez le fichier ; il reste sur votre
ordinateur) ; tout programme pour WACZ ou WARC 1.1 le lit. Les documents sont gardés comme dom.html.txt à dessein :
ouverte comme page, une page capturée exécuterait ses scripts sur votre ordinateur.

LE RAPPORT
data/report.html est la déclaration de qui a signé ce lot. Il est signé comme tout autre fichier, mais rien ne
recalcule ce qu'il dit : ni ces étapes, ni « constat verify », qui s'assure seulement que les pièces qu'il nomme sont
celles qui sont ici. Là où cela compte, lisez plutôt les archives et data/log.

CE QUE CECI NE MONTRE PAS
Que le contenu est vrai ; qui l'a écrit ; que le serveur a montré la même chose à d'autres ; que l'ordinateur et
l'horloge de l'opérateur étaient justes ; ce que contiennent les entrées du journal et les détails qui ne sont pas
reproduits ici. data/report.html en dit plus.`,
};
