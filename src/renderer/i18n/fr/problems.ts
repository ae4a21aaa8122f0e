import type { ProblemCode } from '../../../shared/problems.ts';

/** What `src/shared/problems.ts` says in English, in French. */
export const frenchProblems: Record<ProblemCode, string> = {
  URL_INVALID:
    '« {url} » n’est pas une adresse web. Saisissez une adresse qui commence par http:// ou https://.',
  URL_SCHEME: 'Constat ne capture que http et https ; « {scheme} » a été refusé. Rien n’a été ouvert.',
  ADDRESS_PRIVATE:
    '{host} mène à {address}, une adresse privée de cette machine ou de ce réseau. Rien n’a été envoyé. Si c’est voulu, autorisez les adresses privées pour cette capture.',
  NAME_NOT_RESOLVED:
    'Le nom {host} est introuvable. Vérifiez l’orthographe et la connexion ; la tentative est dans le journal.',
  CONNECTION_REFUSED: '{host} a refusé la connexion. La tentative est dans le journal.',
  PROXY_INVALID:
    '« {proxy} » n’est pas l’adresse d’un proxy. Écrivez socks5://hôte:port, socks5h://hôte:port, http://hôte:port ou tor://hôte:port, sans mot de passe.',
  CERTIFICATE_NOT_TRUSTED:
    '{host} a présenté un certificat auquel on ne peut se fier ({reason}). Rien ne lui a été demandé. Si c’est voulu, autorisez les certificats non fiables pour cette capture ; le compte rendu le dira.',
  CONNECTION_FAILED: '{host} n’a pas pu être joint ({reason}). La tentative est dans le journal.',
  SERVER_BUSY:
    '{host} a répondu qu’il est surchargé ou trop sollicité (HTTP {status}). La tentative est dans le journal.',
  PAGE_LOAD_FAILED: 'La page n’a pas pu être chargée ({reason}). La tentative est dans le journal.',
  BROWSER_NOT_FOUND:
    'Aucun navigateur n’a été trouvé pour capturer. Installez Chrome, Edge ou Chromium, ou lancez « npm run setup », puis réessayez.',
  BROWSER_FAILED:
    'Le navigateur de capture n’a pas pu démarrer ou a cessé de fonctionner ({reason}). Rien n’a été scellé.',
  NO_SCREEN:
    'Un enregistrement à la main a besoin d’un écran pour ouvrir sa fenêtre, et il n’y en a pas ici. Rien n’a été ouvert.',
  SESSION_NOT_FOUND: 'Aucun enregistrement à la main ne porte ce numéro.',
  PROFILE_NOT_FOUND:
    'Il n’y a pas de profil de navigateur « {name} » sur cette machine. Rien n’a été ouvert.',
  PROFILE_EXISTS: 'Il y a déjà un profil de navigateur « {name} ». Rien n’a été modifié.',
  PROFILE_IN_USE:
    'Le profil de navigateur « {name} » sert à un autre enregistrement. Rien n’a été ouvert ni modifié ; terminez-le d’abord.',
  CAPTURE_CANCELLED: 'La capture a été annulée. Rien n’a été scellé.',
  CAPTURE_INTERRUPTED:
    'Constat s’est arrêté avant la fin de cette capture. Rien n’a été scellé ; relancez-la.',
  RECORDING_UNSOUND:
    'Constat s’est arrêté avant la fin de cette capture, et ce qui était enregistré n’est pas tel que noté ({reason}). Cela a été écarté ; relancez la capture.',
  CAPTURE_NOT_FOUND: 'Il n’y a pas de capture « {id} » dans ce dossier.',
  CAPTURE_AMBIGUOUS: '« {id} » désigne plusieurs captures de ce dossier. Donnez davantage de l’identifiant.',
  JOB_NOT_FOUND: 'Il n’y a pas de capture en cours « {id} ».',
  ARTEFACT_NOT_FOUND: 'Cette capture n’a pas de {kind}.',
  CASE_EXISTS: 'Il y a déjà un fichier à {path}. Rien n’a été modifié ; choisissez un autre nom.',
  CASE_NOT_FOUND: 'Il n’y a pas de dossier à {path}.',
  CASE_NOT_OPEN: 'Ce dossier n’est pas ouvert ici. Ouvrez-le d’abord.',
  CASE_NOT_A_CASE: '{path} n’est pas un dossier Constat. Rien n’a été modifié.',
  CASE_NEWER:
    '{path} a été écrit par un Constat plus récent (format {found}, celui-ci lit jusqu’à {known}). Mettez Constat à jour ; rien n’a été modifié.',
  CASE_DAMAGED:
    '{path} est endommagé : {reason}. Rien n’a été réparé ni modifié ; gardez le fichier et travaillez sur une copie.',
  CASE_LOCKED:
    '{path} est ouvert dans {holder}. Fermez-le d’abord là-bas ; en attendant, il peut être lu et vérifié.',
  CASE_READ_ONLY: '{path} n’est ouvert qu’en lecture.',
  CASE_UNWRITABLE: '{path} ne peut pas être écrit ({reason}). Rien n’a été créé.',
  DISK_FULL:
    'Le disque est plein. Ce qui était scellé est en sûreté et rien d’inachevé n’a été gardé. Faites de la place et réessayez.',
  ACTOR_NOT_FOUND: 'Il n’y a pas d’acteur « {id} » dans ce dossier.',
  ACTOR_AMBIGUOUS: '« {id} » désigne plusieurs acteurs de ce dossier. Donnez le nom entier ou l’identifiant.',
  LINK_NOT_FOUND: 'Il n’y a pas de lien « {id} » dans ce dossier.',
  LINK_EXISTS: '{actor} est déjà lié à cette capture comme {role}.',
  NOTHING_TO_EXPORT: 'Il n’y a rien à exporter : le dossier n’a aucune capture scellée.',
  CREDENTIALS_NOT_CONFIRMED:
    'L’original scellé de {item} a été fait alors que quelqu’un était peut-être connecté : il contient des cookies et des mots de passe. Exportez une copie qui n’en a pas, ou confirmez qu’ils doivent être remis.',
  DESTINATION_EXISTS:
    'Il y a déjà quelque chose à {path}. Rien n’a été écrasé ; choisissez un autre endroit.',
  DESTINATION_UNWRITABLE: '{path} ne peut pas être écrit ({reason}). Rien n’y a été laissé.',
  BUNDLE_NOT_FOUND: 'Il n’y a pas de liasse à {path}.',
  BUNDLE_UNREADABLE: '{path} ne peut pas être lu comme une liasse : {reason}.',
  EVIDENCE_DAMAGED:
    'La pièce {item} ne correspond plus à son scellé : {reason}. Lancez la vérification pour le compte rendu complet.',
  KEY_UNUSABLE: 'La clé de signature à {path} est inutilisable ({reason}). Elle n’a pas été remplacée.',
  INPUT_INVALID: 'Ceci n’a pas été compris : {reason}.',
  INTERNAL: 'Constat a rencontré une erreur interne ({reason}). Ce qui était scellé est en sûreté.',
};
