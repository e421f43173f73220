import type { ErrorCode } from 'yaml';
import type { Said } from '#kernel';

/** What the YAML library says of a fault: its own words in English, and ours in Swedish. */
export const yamlWords = (code: ErrorCode, message: string): Said => ({
  text: { en: message, sv: swedish[code] },
  params: {},
});

/** Every kind of fault that the library knows of; the place says where. */
const swedish: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'ett alias kan varken ha ankare eller tagg',
  BAD_ALIAS: 'ett alias eller ankare måste ha ett namn, som inte slutar med kolon',
  BAD_COLLECTION_TYPE: 'taggen passar inte för det som den står framför',
  BAD_DIRECTIVE: 'direktivet går inte att förstå',
  BAD_DQ_ESCAPE: 'inom citattecken står ett omvänt snedstreck framför något som det inte kan stå framför',
  BAD_INDENT:
    'indraget stämmer inte med raderna omkring, eller en parentes stängs inte: det som hör ihop ska börja i samma kolumn',
  BAD_PROP_ORDER: 'ankare och taggar ska stå efter tecknet som de hör till',
  BAD_SCALAR_START: 'en text utan citattecken kan inte börja med det tecknet: sätt citattecken om den',
  BLOCK_AS_IMPLICIT_KEY: 'ett namn följs av något som inte kan stå på samma rad: lägg det på en egen rad, med indrag',
  BLOCK_IN_FLOW: 'inom hakparenteser och klamrar kan inget skrivas med indrag',
  DUPLICATE_KEY: 'namnet ges två gånger',
  IMPOSSIBLE: 'texten går inte att läsa',
  KEY_OVER_1024_CHARS: 'ett namn är längre än 1024 tecken',
  MISSING_CHAR: 'ett tecken saknas: ett kolon, ett kommatecken, ett citattecken, en parentes eller ett mellanslag',
  MULTILINE_IMPLICIT_KEY: 'ett namn ska stå på en enda rad, följt av kolon',
  MULTIPLE_ANCHORS: 'ett värde kan ha högst ett ankare',
  MULTIPLE_DOCS: 'filen har flera dokument',
  MULTIPLE_TAGS: 'ett värde kan ha högst en tagg',
  NON_STRING_KEY: 'ett namn ska vara en text',
  RESOURCE_EXHAUSTION: 'texten kräver för mycket för att läsas',
  TAB_AS_INDENT: 'indrag görs med mellanslag, inte med tabbar',
  TAG_RESOLVE_FAILED: 'taggen är okänd: ta bort den',
  UNEXPECTED_TOKEN: 'här står något som inte kan stå här',
};
