import type { bundles as english } from '../en/bundles.ts';

export const bundles: Record<keyof typeof english, string> = {
  'export.title': 'Exporter une liasse',
  'export.lead':
    'Une copie qu’un tribunal, une rédaction ou l’expert de la partie adverse peut contrôler sans Constat.',
  'export.nothing': 'Rien à exporter pour l’instant',
  'export.nothingText': 'Une liasse est faite de captures scellées, et ce dossier n’en a aucune.',
  'export.fileName': 'liasse',
  'export.scope': 'Captures',
  'export.all': 'Les {count}',
  'export.chosen': 'Les {count} sélectionnées',
  'export.scopeHint': 'Pour n’en remettre qu’une partie, sélectionnez d’abord des captures dans la liste.',
  'export.format': 'Forme',
  'export.folder': 'Dossier',
  'export.zip': 'Fichier zip',
  'export.copies': 'Cookies et mots de passe',
  'export.copiesAuto': 'Omis des connexions',
  'export.copiesRedacted': 'Omis partout',
  'export.copiesSealed': 'Originaux scellés',
  'export.copiesHint.auto':
    '{count, plural, =0 {Aucune capture ici n’a été faite à la main ni avec un profil nommé : toutes partent telles que scellées.} one {# capture a été faite à la main ou avec un profil nommé : elle part en copie de travail sans identifiants, avec la liste de ce qui a été omis. Les autres partent telles que scellées.} other {# captures ont été faites à la main ou avec un profil nommé : elles partent en copies de travail sans identifiants, avec la liste de ce qui a été omis. Les autres partent telles que scellées.}}',
  'export.copiesHint.redacted':
    'Chacune part en copie de travail sans cookies, autorisations, mots de passe ni jetons, avec la liste de ce qui a été omis. Les originaux scellés restent dans le dossier et gardent leur empreinte.',
  'export.copiesHint.sealed': 'Chaque octet tel que scellé, quoi qu’il contienne.',
  'export.withCredentials':
    '{count, plural, one {# capture contient peut-être une connexion. La remettre quand même} other {# captures contiennent peut-être une connexion. Les remettre quand même}}',
  'export.withCredentialsHint':
    'Qui reçoit la liasse pourrait ouvrir le compte avec ses cookies ou ses mots de passe.',
  'export.language': 'Langue du rapport et des instructions',
  'export.destination': 'Destination',
  'export.destinationFolder': 'Un dossier de ce nom est créé. On n’écrit jamais dans un dossier existant.',
  'export.destinationZip': 'Un fichier zip de ce nom est écrit. Un fichier existant n’est jamais écrasé.',
  'export.pathTaken': 'Il y a déjà quelque chose à ce chemin. Choisissez un autre nom.',
  'export.recipient': 'Destinataire',
  'export.recipientHint': 'Inscrit au journal de traçabilité et dans la liasse.',
  'export.purpose': 'Finalité',
  'export.start': 'Exporter',
  'export.running': 'Écriture de la liasse',
  'export.said': 'Écriture de la liasse, {done} sur {total}',
  'export.stopped': 'Annulé. Rien n’a été laissé à la destination.',
  'preview.title': 'Ce qui est remis',
  'preview.counts':
    '{captures, plural, one {# capture} other {# captures}}, {actors, plural, one {# acteur} other {# acteurs}}, {events, plural, one {# entrée de journal} other {# entrées de journal}}, environ {size}.',
  'preview.gets': 'Le destinataire reçoit',
  'preview.archives': 'les archives scellées (WACZ), inchangées',
  'preview.copies':
    'les archives (WACZ) : copies de travail sans identifiants là où c’est dit, sinon les archives scellées',
  'preview.pictures': 'les images et le texte de chaque page',
  'preview.log': 'les entrées du journal qui les concernent, avec leurs preuves',
  'preview.report': 'un rapport à lire dans n’importe quel navigateur',
  'preview.keys': 'votre clé publique, une signature sur le tout, et VERIFY.txt avec les commandes',
  'preview.canCheck': 'Sans Constat, il peut contrôler',
  'preview.files': 'qu’aucun fichier n’a changé, avec sha256sum',
  'preview.signature': 'que votre clé l’a signée, avec ssh-keygen',
  'preview.tree': 'que chaque capture figure au journal',
  'preview.player': 'les pages, dans tout lecteur de WACZ',
  'preview.note': 'Les autres captures, et les entrées qui les concernent, restent dans le dossier.',
  'result.title': 'La liasse est écrite',
  'result.counts':
    '{captures, plural, one {# capture} other {# captures}}, {files, plural, one {# fichier} other {# fichiers}}, {size}.',
  'result.redacted':
    '{count, plural, one {# est une copie de travail sans identifiants} other {# sont des copies de travail sans identifiants}} ; omissions.json, à côté de chacune, dit ce qui a été omis.',
  'result.path': 'Chemin',
  'result.hash': 'SHA-256',
  'result.hashNote':
    'De tagmanifest-sha256.txt, qui couvre tous les autres fichiers. Donnez-la au destinataire par une autre voie que la liasse.',
  'result.checkpoint': 'Point de contrôle',
  'result.checkpointOver':
    '{size, plural, one {Sur la première entrée du journal.} other {Sur les # premières entrées du journal.}}',
  'result.verify': 'Vérifier cette liasse maintenant',
  'result.reveal': 'Montrer le fichier',
  'result.again': 'Exporter autre chose',
  'check.title': 'Contrôler une liasse',
  'check.lead':
    'Contrôle une liasse remise, dossier ou zip. Il ne faut ni dossier d’enquête, ni clé, ni réseau.',
  'check.path': 'Chemin de la liasse',
  'check.pathHint': 'Le dossier, ou le fichier zip tel qu’il a été reçu.',
  'check.start': 'Contrôler',
  'check.running': 'Contrôle de la liasse',
};
