import { html, type Html } from './html.ts';
import type { ReportStrings } from './strings.ts';

/** Number and word; in French zero is singular too. */
function count(number: number, one: string, many: string): string {
  return `${number} ${number < 2 ? one : many}`;
}

/** The report's words in French. */
export const french: ReportStrings = {
  title: 'Rapport de preuve',
  colon: '\u00a0: ',
  exhibit: (number) => `Pièce ${number}`,
  contents: 'Sommaire',
  case: 'Dossier',
  reference: 'Référence',
  purposeOfCase: 'Finalité et fondement',
  exportedAt: 'Lot écrit le',
  exportedBy: 'par',
  handedTo: 'Remis à',
  handedFor: 'Pour',
  notStated: 'non précisé',
  scope: 'Étendue',
  scopeAll: (captures) =>
    captures === 1 ? 'La seule capture du dossier.' : `Les ${captures} captures du dossier.`,
  scopePart: (captures, of) =>
    `${count(captures, 'capture', 'captures')} sur les ${of} du dossier. Les autres ne figurent pas ici ; les preuves valent néanmoins.`,
  summary: 'En bref',
  summaryText: (captures, complete, operator) =>
    html`<p>
        Ce lot contient ${count(captures, 'capture', 'captures')} de pages web, réalisées et scellées par
        ${operator} avec Constat. Chacune a été enregistrée par un navigateur distinct, démarré à neuf ; ce
        qu’il a demandé et reçu se trouve dans une archive scellée, et chaque étape depuis lors dans un
        journal de conservation qui ne peut être modifié sans que cela se voie.
      </p>
      <p>
        ${complete === captures ? 'Toutes sont complètes.' : `${complete < 2 ? `${complete} est complète` : `${complete} sont complètes`} ; pour les autres, les remarques disent ce qui manque.`}
        À l’écriture de ce lot, chaque archive a été relue en entier et correspondait à son scellé.
      </p>`,
  checks: 'Ce qui a été vérifié à l’écriture',
  checksIntro:
    'Ce rapport est la déclaration de qui a signé le lot ; rien ne le recalcule. Ce qui suit a été déclaré par le programme qui l’a écrit. Ne le croyez pas sur parole : VERIFY.txt dit comment vérifier chacune avec des programmes que tout ordinateur possède ou peut obtenir, et sans Constat.',
  check: 'Vérification',
  outcome: 'Résultat',
  passed: 'conforme',
  checkArchives: (captures) =>
    `Chaque archive scellée a été lue en entier et son SHA-256 comparé au journal (${captures}).`,
  checkProofs: (events) =>
    `Chaque entrée du journal reproduite ici est dans le journal, par une preuve d’inclusion sous une même tête signée (${events}).`,
  checkHead: 'La tête du journal porte la signature de la clé de l’opérateur.',
  checkDetails: 'Le détail de chaque entrée a l’empreinte que contient cette entrée.',
  exhibits: 'Pièces',
  addressEntered: 'Adresse saisie',
  addressFinal: 'Adresse finale',
  redirects: 'Redirections',
  pageTitle: 'Titre',
  started: 'Début',
  finished: 'Fin',
  localTime: (text, zone, offset) => `${text} à l’horloge de la machine (${zone}, UTC${offset})`,
  collectedBy: 'Recueilli par',
  withBrowser: 'Avec',
  httpStatus: 'Réponse du serveur (HTTP)',
  noStatus: 'aucune',
  sealedAs: 'SHA-256 de l’archive scellée',
  sealedEntry: (seq) => `entrée ${seq} du journal`,
  verdict: 'Appréciation',
  states: {
    COMPLETE: 'rien ne paraît manquer',
    PARTIAL: 'il manque quelque chose, que disent les remarques',
    FAILED: 'seul ce qui avait été reçu avant l’échec a été gardé',
  },
  stateNames: { COMPLETE: 'Complète', PARTIAL: 'Partielle', FAILED: 'Échouée' },
  remarks: 'Remarques',
  noRemarks: 'Aucune remarque.',
  actors: 'Acteurs',
  actorsOfExhibit: 'Acteurs liés',
  actorsNote:
    'Qui est derrière une page est la conclusion de l’opérateur, consignée après le scellement et à part de l’archive scellée. Ce n’est pas une preuve en soi.',
  noActors: 'Aucun acteur n’est lié.',
  noActorsAtAll: 'Aucun acteur n’est consigné.',
  handles: 'Connu comme',
  roles: { author: 'auteur', subject: 'sujet', amplifier: 'relais', mentioned: 'mentionné' },
  kinds: {
    person: 'personne',
    organisation: 'organisation',
    stateBody: 'organe d’État',
    outlet: 'média',
    account: 'compte',
  },
  picture: (exhibit) => `Image de la fenêtre, pièce ${exhibit}`,
  noPicture: 'Cette capture ne contient pas d’image de la fenêtre.',
  openFull: 'Fichiers de cette pièce',
  file: 'Fichier',
  size: 'Taille',
  files: {
    archive: 'Archive scellée (WACZ)',
    provenance: 'Comment la capture a été faite',
    screenshot: 'Image de la fenêtre',
    fullPage: 'Image de la page entière',
    dom: 'Document après chargement (en texte)',
    pdf: 'Page en PDF',
    text: 'Texte de la page',
  },
  timeline: 'Conservation',
  timelineIntro:
    'Ce qui est arrivé à chaque élément, dans l’ordre du journal. Un élément auquel rien n’est arrivé a tout de même son titre. Les heures sont celles de la machine qui a recueilli.',
  timelineCase: 'Le dossier et l’opérateur',
  timelineBundles: 'Lots antérieurs',
  timelineOther: 'Captures non scellées',
  nothing: 'Rien n’est consigné.',
  entry: 'Entrée',
  time: 'Heure (UTC)',
  what: 'Ce qui est arrivé',
  withheld: 'Le détail n’est pas communiqué.',
  events: {
    'case.created': 'Le dossier a été créé.',
    'operator.enrolled': 'L’opérateur et la clé publique ont été inscrits au journal.',
    'capture.requested': 'La capture a été demandée.',
    'capture.failed': 'La capture a échoué ; rien n’a été scellé.',
    'capture.cancelled': 'La capture a été annulée ; rien n’a été scellé.',
    'capture.interrupted': 'La capture a été interrompue ; rien n’a été scellé.',
    'item.sealed': 'L’archive a été scellée.',
    'item.viewed': 'La capture a été regardée.',
    'item.replayed': 'La capture a été rejouée.',
    'case.verified': 'Tout le dossier a été vérifié.',
    'actor.added': 'L’acteur a été ajouté.',
    'actor.changed': 'L’acteur a été modifié.',
    'actor.withdrawn': 'L’acteur a été retiré.',
    'actor.linked': 'La capture a été liée à un acteur.',
    'actor.unlinked': 'Un lien à un acteur a été retiré.',
    'export.created': 'Un lot a été écrit.',
  },
  eventActor: (name: Html, role: Html, note: Html | null) =>
    html`${name}, comme ${role}${note ? html` (${note})` : null}`,
  eventVerified: (ok) => (ok ? 'Tout était tel que scellé.' : 'Quelque chose n’était pas tel que scellé.'),
  eventBundle: (captures, recipient) =>
    html`${count(captures, 'capture', 'captures')}${recipient ? html`, pour ${recipient}` : null}.`,
  eventRestored: 'Il avait été retiré et a été rétabli.',
  method: 'Comment les captures ont été faites',
  methodText: [
    'Un navigateur distinct du programme est démarré à neuf pour chaque capture, avec un profil vide : ni cookies, ni connexions, ni extensions, ni cache d’un usage antérieur. L’opérateur donne une adresse et des options et ne touche pas à la page.',
    'Un enregistreur attaché au navigateur garde chaque demande et chaque réponse telles que le navigateur les rapporte. La page est chargée, laissée se stabiliser, parcourue jusqu’au bout, photographiée et enregistrée comme document, PDF et texte ; chaque étape a une durée limite et son issue est consignée.',
    'Tous les enregistrements sont écrits dans une archive au format ouvert WACZ (WARC 1.1). Le scellement calcule son SHA-256 sur les octets tels que conservés et l’inscrit au journal dans la même transaction.',
    'Le journal est un arbre de Merkle (RFC 6962) d’entrées en JSON canonique (RFC 8785) ; sa tête est signée avec la clé Ed25519 de l’opérateur (C2SP signed note). On peut y ajouter ; rien ne peut y être changé ni ôté sans que la tête cesse de correspondre.',
  ],
  witnessShows: 'Ce que montre cette manière d’enregistrer',
  witnessNot: 'Ce qu’elle ne montre pas',
  proves: 'Ce que ceci montre',
  provesText: [
    'Que les archives, images et textes de ce lot n’ont pas changé depuis leur scellement, et que les entrées reproduites appartiennent à un même journal, sous une même tête.',
    'Ce que le navigateur enregistreur a déclaré avoir demandé et reçu, de quelle adresse réseau, et quand, à l’horloge de la machine qui a recueilli.',
    'Que le détenteur de la clé privée de l’opérateur a signé la tête du journal et ce lot.',
  ],
  provesNot: 'Ce que ceci ne montre pas',
  provesNotText: [
    'Qui a réellement écrit ou publié le contenu. Un nom sur une page est ce que dit la page.',
    'Que le serveur a montré la même chose à d’autres, ou à un autre moment.',
    'Que le serveur l’a dit : c’est ce que l’enregistreur a vu. Le serveur ne l’a pas signé.',
    'Que l’opérateur et la machine étaient honnêtes. Une clé prouve qui a signé, non ce qui se trouvait devant l’enregistreur.',
    'L’heure au-delà de l’horloge de la machine : tant qu’une tête du journal n’a pas quitté la machine, rien d’extérieur ne confirme sa date.',
    'Que la capture contient tout. Ce que l’on sait manquer est dans les remarques ; ce qu’une page n’a pas demandé n’a pas été enregistré.',
    'Si un tribunal l’admet, et quel poids il lui donne. Cela revient au tribunal.',
  ],
  annex: 'Annexe technique',
  annexIntro: 'Les valeurs en entier, pour les experts.',
  logOrigin: 'Origine du journal',
  logKey: 'Clé de vérification du journal',
  logHead: 'Tête du journal (note signée)',
  logSize: 'Entrées du journal',
  logSizeShown: (shown, size) => `${size}, dont ${shown} reproduites dans ce lot`,
  fingerprint: 'Empreinte de la clé de l’opérateur',
  fingerprintNote:
    'Demandez cette empreinte à l’opérateur par une autre voie (au téléphone, sur papier, de vive voix). Si elle diffère, le lot a été signé par quelqu’un d’autre.',
  shortCode: 'Code court de la tête, à lire à voix haute',
  caseId: 'Identifiant du dossier',
  captureId: 'Identifiant de la capture',
  environment: 'Navigateur et machine',
  sameAs: (exhibit) =>
    `Navigateur, machine, options et manière d’enregistrer sont ceux de la pièce ${exhibit}.`,
  browserDigest: 'SHA-256 du programme du navigateur',
  userAgent: 'Agent utilisateur',
  browserArguments: 'Arguments du navigateur',
  sandbox: 'Bac à sable du navigateur',
  on: 'actif',
  off: 'inactif',
  platform: 'Système',
  viewport: 'Fenêtre',
  locale: 'Langue et fuseau horaire',
  options: 'Options',
  egress: 'Adresse publique de la machine',
  stepsHeading: 'Étapes',
  steps: {
    load: 'chargement',
    settle: 'attente du calme',
    scroll: 'défilement',
    screenshot: 'images',
    dom: 'document',
    pdf: 'PDF',
    text: 'texte',
    seal: 'scellement',
  },
  servers: 'Serveurs',
  serverHost: 'Nom',
  serverAddress: 'Adresse utilisée',
  serverProtocol: 'Protocole',
  serverTls: 'TLS',
  serverIssuer: 'Certificat',
  requests: (number, failed) =>
    `${count(number, 'demande', 'demandes')}, ${failed === 0 ? 'aucune' : failed} sans réponse entière. La liste complète est dans provenance.html de la pièce.`,
  howToCheck: 'Comment vérifier ce lot',
  howToCheckText:
    'VERIFY.txt, à côté du dossier où se trouve ce rapport, contient les commandes pour Linux, macOS et Windows. Elles ne demandent que sha256sum, ssh-keygen et openssl. Un programme ou une page livrés dans un lot peuvent mentir, et ce rapport aussi : obtenez l’empreinte ci-dessus de l’opérateur par une autre voie, et tapez les commandes vous-même.',
  madeWith: (software) => `Fait avec ${software}.`,
};
